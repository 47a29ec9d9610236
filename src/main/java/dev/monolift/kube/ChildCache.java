package dev.monolift.kube;

import dev.monolift.plan.Deleted;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The children of one type, as the watch shows them and as the operator itself has written them
 * since: a pass always reads what an earlier pass wrote, although the watch may lag behind.
 *
 * @param <T> type of the children
 */
final class ChildCache<T extends HasMetadata> implements ResourceEventHandler<T> {
  private static final Logger LOG = LoggerFactory.getLogger(ChildCache.class);
  private static final String BY_LABEL = "byLabel";
  private static final String BY_FINALIZER = "byFinalizer";

  private final Map<String, SharedIndexInformer<T>> informers;
  private final Map<String, T> written = new ConcurrentHashMap<>();
  private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
  private final Tombstones<T> tombstones = new Tombstones<>();
  private final Watched<T> how;
  private final BooleanSupplier leads;

  /**
   * A cache that is not started.
   *
   * @param informers informers that are not started, by namespace; the empty namespace is all of
   *     them
   * @param how what is kept of an object and what is told
   * @param leads whether this process leads
   */
  ChildCache(Map<String, SharedIndexInformer<T>> informers, Watched<T> how, BooleanSupplier leads) {
    this.informers = Map.copyOf(informers);
    this.how = how;
    this.leads = leads;
    for (var informer : this.informers.values()) {
      informer
          .itemStore(new PackedStore<>(how.trim(), how.keepsDeleted() ? tombstones::leaves : null))
          .addIndexers(
              Map.of(BY_LABEL, ChildCache::labelKeys, BY_FINALIZER, ChildCache::finalizers))
          .addEventHandler(this)
          .exceptionHandler(ChildCache::takeUpAgain);
    }
  }

  /** Adds somebody who is told of every change after the first list. */
  void listen(Consumer<T> listener) {
    listeners.add(listener);
  }

  /** Starts the watches unless they run, and waits until the first lists are in. */
  void start(long timeoutSeconds) {
    try {
      for (var informer : informers.values()) {
        informer.start().toCompletableFuture().get(timeoutSeconds, TimeUnit.SECONDS);
      }
    } catch (ExecutionException e) {
      throw KubernetesClientException.launderThrowable(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "The API server did not answer the first list of children in "
              + timeoutSeconds
              + " seconds.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void stop() {
    informers.values().forEach(SharedIndexInformer::stop);
  }

  /** Whether every watch is connected. */
  boolean isWatching() {
    return informers.values().stream()
        .allMatch(i -> i.isRunning() && i.hasSynced() && i.isWatching());
  }

  Optional<T> get(String namespace, String name) {
    return newest(Cache.namespaceKeyFunc(namespace, name), namespace);
  }

  List<T> byLabel(String namespace, String label, String value) {
    var found = new ArrayList<T>();
    var keys = new HashSet<String>();
    var informer = informer(namespace);
    if (informer != null) {
      keys.addAll(informer.getIndexer().indexKeys(BY_LABEL, labelKey(namespace, label, value)));
    }
    written.forEach(
        (key, child) -> {
          if (isLabelled(child, namespace, label, value)) {
            keys.add(key);
          }
        });
    for (String key : keys) {
      newest(key, namespace)
          .filter(child -> isLabelled(child, namespace, label, value))
          .ifPresent(found::add);
    }
    addLeaving(found, child -> isLabelled(child, namespace, label, value));
    found.sort(Comparator.comparing(child -> child.getMetadata().getName()));
    return found;
  }

  private void addLeaving(List<T> found, Predicate<T> labelled) {
    for (T leaving : tombstones.leaving()) {
      String uid = leaving.getMetadata().getUid();
      if (labelled.test(leaving)
          && found.stream().noneMatch(child -> child.getMetadata().getUid().equals(uid))) {
        found.add(leaving);
      }
    }
  }

  /** Those with a finalizer, in no order. */
  List<T> withFinalizer(String finalizer) {
    return informers.values().stream()
        .flatMap(informer -> informer.getIndexer().byIndex(BY_FINALIZER, finalizer).stream())
        .toList();
  }

  /** What is gone and not forgotten. */
  List<Deleted<T>> deleted(String namespace, String label, String value) {
    return tombstones.gone().stream()
        .filter(deleted -> isLabelled(deleted.last(), namespace, label, value))
        .toList();
  }

  Tombstones<T> tombstones() {
    return tombstones;
  }

  /** Takes note of what the API server answered to a write; the answer is trimmed in place. */
  void wrote(T child) {
    written.merge(
        Cache.metaNamespaceKeyFunc(child),
        how.trim().apply(child),
        (a, b) -> version(a) > version(b) ? a : b);
    if (isPassed(child)) {
      // the watch was faster than the answer
      settle(child);
    }
  }

  /** How many written children the watch has not shown yet. */
  int remembered() {
    return written.size();
  }

  private boolean isPassed(T child) {
    var informer = informer(child.getMetadata().getNamespace());
    return informer == null || version(child) <= version(informer.lastSyncResourceVersion());
  }

  private Optional<T> newest(String key, String namespace) {
    var informer = informer(namespace);
    if (informer == null) {
      return Optional.empty();
    }
    T recent = written.get(key);
    // what was seen before the store is read can only be older than the store
    long seen = version(informer.lastSyncResourceVersion());
    T watched = informer.getStore().getByKey(key);
    if (recent == null) {
      return Optional.ofNullable(watched);
    }
    if (version(recent) <= seen) {
      // the watch has passed it: the object is as watched, or gone
      written.remove(key, recent);
      return Optional.ofNullable(watched);
    }
    return Optional.of(watched != null && version(watched) > version(recent) ? watched : recent);
  }

  private @Nullable SharedIndexInformer<T> informer(String namespace) {
    var all = informers.get("");
    return all == null ? informers.get(namespace) : all;
  }

  @Override
  public void onAdd(T child) {
    settle(child);
    if (how.isNews(null, child)) {
      tell(child);
    }
  }

  @Override
  public void onUpdate(T before, T after) {
    settle(after);
    if (!before.getMetadata().getUid().equals(after.getMetadata().getUid())) {
      // both the end of the one and the start of the other were missed
      onDelete(before, true);
      onAdd(after);
      return;
    }
    boolean relabelled = !before.getMetadata().getLabels().equals(after.getMetadata().getLabels());
    if (relabelled) {
      tell(before);
    }
    if (relabelled || how.isNews(before, after)) {
      tell(after);
    }
  }

  @Override
  public void onDelete(T child, boolean stateUnknown) {
    settle(child);
    if (how.keepsDeleted()) {
      // it comes from the watch, not from the store
      tombstones.add(new Deleted<>(how.trim().apply(child), !stateUnknown, leads.getAsBoolean()));
    }
    tell(child);
  }

  /** The first list must succeed; later the watch is taken up again whatever happened. */
  private static boolean takeUpAgain(boolean started, Throwable failure) {
    if (started) {
      LOG.warn("A watch on children is down and is taken up again: {}", failure.getMessage());
    }
    return started;
  }

  private void tell(T child) {
    listeners.forEach(listener -> listener.accept(child));
  }

  /** The watch has passed what was written: the store has it, or something newer. */
  private void settle(T child) {
    written.computeIfPresent(
        Cache.metaNamespaceKeyFunc(child),
        (key, ours) -> version(ours) <= version(child) ? null : ours);
  }

  private static boolean isLabelled(
      HasMetadata child, String namespace, String label, String value) {
    var metadata = child.getMetadata();
    return namespace.equals(metadata.getNamespace())
        && metadata.getLabels() != null
        && value.equals(metadata.getLabels().get(label));
  }

  private static List<String> labelKeys(HasMetadata child) {
    var keys = new ArrayList<String>();
    var labels = child.getMetadata().getLabels();
    if (labels != null) {
      labels.forEach(
          (label, value) -> {
            if (label.startsWith("monolift.dev/")) {
              keys.add(labelKey(child.getMetadata().getNamespace(), label, value));
            }
          });
    }
    return keys;
  }

  private static List<String> finalizers(HasMetadata child) {
    return Objects.requireNonNullElse(child.getMetadata().getFinalizers(), List.of());
  }

  private static String labelKey(String namespace, String label, String value) {
    return namespace + "/" + label + "=" + value;
  }

  private static long version(HasMetadata child) {
    return version(child.getMetadata().getResourceVersion());
  }

  private static long version(@Nullable String resourceVersion) {
    return resourceVersion == null || resourceVersion.isEmpty()
        ? 0
        : Long.parseUnsignedLong(resourceVersion);
  }
}
