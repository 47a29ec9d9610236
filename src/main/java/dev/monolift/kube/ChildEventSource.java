package dev.monolift.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.health.Status;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Wakes the owner of a child that has changed. The owner is known by the label on the child: an
 * orphan has no owner reference.
 *
 * @param <T> type of the children
 * @param <P> type of the owners
 */
public final class ChildEventSource<T extends HasMetadata, P extends HasMetadata>
    extends AbstractEventSource<T, P> {
  private static final long FIRST_LIST_SECONDS = 120;

  private final ChildCache<T> cache;
  private final String ownerLabel;
  private volatile boolean listening;
  private volatile Function<T, Stream<ResourceID>> others = child -> Stream.empty();

  ChildEventSource(Class<T> type, ChildCache<T> cache, String ownerLabel) {
    super(type, type.getSimpleName());
    this.cache = cache;
    this.ownerLabel = ownerLabel;
    cache.listen(this::changed);
  }

  /**
   * Wakes more than the owner that the label names.
   *
   * @param others whom else a change of a child concerns
   * @return this
   */
  public ChildEventSource<T, P> alsoWaking(Function<T, Stream<ResourceID>> others) {
    this.others = others;
    return this;
  }

  @Override
  public void start() {
    cache.start(FIRST_LIST_SECONDS);
    super.start();
    // every owner has its first pass anyway: what the first list brings needs no pass of its own
    listening = true;
  }

  @Override
  public void stop() {
    listening = false;
    super.stop();
  }

  private void changed(T child) {
    var labels = child.getMetadata().getLabels();
    String owner = labels == null ? null : labels.get(ownerLabel);
    if (!listening) {
      return;
    }
    if (owner != null) {
      getEventHandler()
          .handleEvent(new Event(new ResourceID(owner, child.getMetadata().getNamespace())));
    }
    others.apply(child).forEach(other -> getEventHandler().handleEvent(new Event(other)));
  }

  @Override
  public Set<T> getSecondaryResources(P owner) {
    var metadata = owner.getMetadata();
    return Set.copyOf(cache.byLabel(metadata.getNamespace(), ownerLabel, metadata.getName()));
  }

  @Override
  public Status getStatus() {
    return cache.isWatching() ? Status.HEALTHY : Status.UNHEALTHY;
  }
}
