package dev.monolift.kube;

import dev.monolift.metrics.OperatorMeters;
import dev.monolift.plan.FinalizerRelease;
import dev.monolift.plan.Labels;
import dev.monolift.plan.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what a deleted owner leaves behind. Nobody reconciles it any more, and the framework
 * drops the events of its pods; but a pod that is held until its verdict is written would stay for
 * ever. It wakes nobody.
 *
 * @param <P> type of the owners
 */
public final class Leftovers<P extends HasMetadata> extends AbstractEventSource<Pod, P>
    implements ResourceEventAware<P> {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /**
   * Time between two looks at all pods of the cache: for what could not be done at its event,
   * because the API server was away or another process led.
   */
  private static final long SWEEP_SECONDS = 30;

  private final Class<P> ownerType;
  private final Cache<P> owners;
  private final ChildInformers children;
  private final ChildCache<Pod> pods;
  private final ClusterWriter writer;
  private final OperatorMeters meters;
  private final ScheduledExecutorService broom =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("leftovers").factory());

  /**
   * For one kind of owners.
   *
   * @param ownerType class of the owners
   * @param owners those that exist, as their watch shows them
   * @param children the caches
   * @param kernel what all loops share
   */
  public Leftovers(Class<P> ownerType, Cache<P> owners, ChildInformers children, Kernel kernel) {
    super(Pod.class, "Leftovers");
    this.ownerType = ownerType;
    this.owners = owners;
    this.children = children;
    this.pods = children.cache(Pod.class);
    this.writer = kernel.writer();
    this.meters = kernel.meters();
  }

  @Override
  public void start() {
    super.start();
    pods.listen(pod -> submit(() -> look(pod)));
    var _ =
        broom.scheduleWithFixedDelay(
            () -> quietly(this::sweep), 0, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void stop() {
    super.stop();
    broom.shutdownNow();
  }

  /** A watch must not wait for what its event leads to. */
  private void submit(Runnable work) {
    try {
      broom.execute(() -> quietly(work));
    } catch (RejectedExecutionException stopped) {
      // whoever takes over looks at every pod anyway
      LOG.debug("Nothing is cleared away any more: this process ends.");
    }
  }

  @Override
  public void onResourceDeleted(P owner) {
    var metadata = owner.getMetadata();
    submit(
        () -> {
          meters.forget(metadata.getNamespace(), metadata.getName());
          sweep();
        });
  }

  private void sweep() {
    pods.tombstones().forgetIf(pod -> !isCached(owner(pod)));
    pods.withFinalizer(Labels.DRAIN_VERDICT).forEach(this::look);
  }

  private void look(Pod pod) {
    if (!Pods.isHeld(pod) || !writer.mayWrite()) {
      return;
    }
    var metadata = pod.getMetadata();
    boolean seen =
        pods.get(metadata.getNamespace(), metadata.getName())
            .filter(now -> now.getMetadata().getUid().equals(metadata.getUid()))
            .isPresent();
    if (!seen) {
      // gone, or somebody took its label away: then no watch of ours tells of it any more
      release(pod, "it does not have the label of a worker any more");
    } else if (Pods.isHeldBack(pod) && !isThere(owner(pod))) {
      release(
          pod,
          "there is no "
              + HasMetadata.getKind(ownerType)
              + " "
              + owner(pod).getName()
              + " any more");
    }
  }

  private void release(Pod pod, String why) {
    var release = new FinalizerRelease(ObjectRef.of(pod), Labels.DRAIN_VERDICT);
    if (writer.release(Pod.class, release, null)) {
      LOG.atInfo()
          .addKeyValue("child", "Pod " + pod.getMetadata().getName())
          .log(
              "Released pod {}/{}: {}.",
              pod.getMetadata().getNamespace(),
              pod.getMetadata().getName(),
              why);
    }
  }

  private static ResourceID owner(Pod pod) {
    var metadata = pod.getMetadata();
    return new ResourceID(metadata.getLabels().get(Labels.WORKER), metadata.getNamespace());
  }

  private boolean isCached(ResourceID owner) {
    return owners.get(owner).isPresent();
  }

  /** The watch on owners may be behind: a new owner is not missing. */
  private boolean isThere(ResourceID owner) {
    return isCached(owner)
        || children.live(ownerType, owner.getNamespace().orElse(""), owner.getName()).isPresent();
  }

  private void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      // an interrupted request is what stopping looks like
      if (isRunning()) {
        LOG.warn("What a deleted resource left behind is not cleared away yet: {}", e.toString());
      }
    }
  }

  @Override
  public Set<Pod> getSecondaryResources(P owner) {
    return Set.of();
  }
}
