package dev.monolift.kube;

import dev.monolift.plan.Deleted;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The watches on children: one per type, shared by all kinds of resources, only of objects that are
 * labelled as ours or, for pods, as a worker's.
 */
public final class ChildInformers implements ClusterReader, AutoCloseable {
  private static final long FIRST_LIST_SECONDS = 120;

  /**
   * Objects per page of a list. It is given so that lists are consistent: without a limit the
   * client asks for {@code resourceVersion=0}, which the API server may answer from a cache that
   * lags behind (kubernetes#59848). After a restart the operator would see a Deployment as it was
   * before its own last status, and report a rollout that had ended.
   */
  public static final long LIST_PAGE = 500;

  private final KubernetesClient client;
  private final BooleanSupplier leads;
  private final Map<Class<? extends HasMetadata>, ChildCache<?>> caches = new LinkedHashMap<>();

  /**
   * Watches that are not started.
   *
   * @param client client; it stays open
   * @param types types of children
   * @param namespaces namespaces to watch; empty means all
   * @param leads whether this process leads
   */
  public ChildInformers(
      KubernetesClient client,
      List<Class<? extends HasMetadata>> types,
      Set<String> namespaces,
      BooleanSupplier leads) {
    this.client = client;
    this.leads = leads;
    for (Class<? extends HasMetadata> type : types) {
      caches.put(type, watch(type, namespaces));
    }
  }

  private <T extends HasMetadata> ChildCache<T> watch(Class<T> type, Set<String> namespaces) {
    var how = Watched.of(type);
    var informers = new HashMap<String, SharedIndexInformer<T>>();
    if (namespaces.isEmpty()) {
      informers.put(
          "",
          client
              .resources(type)
              .inAnyNamespace()
              .withLabelSelector(how.selector())
              .withLimit(LIST_PAGE)
              .runnableInformer(0));
    }
    for (String namespace : namespaces) {
      informers.put(
          namespace,
          client
              .resources(type)
              .inNamespace(namespace)
              .withLabelSelector(how.selector())
              .withLimit(LIST_PAGE)
              .runnableInformer(0));
    }
    return new ChildCache<>(informers, how, leads);
  }

  /**
   * Where a controller hears of changes of its children.
   *
   * @param type a watched type
   * @param ownerLabel label that holds the name of the child's owner, for one kind of owners
   * @param <T> type of the children
   * @param <P> type of the owners
   * @return an event source for the controller; starting it starts the watch
   */
  public <T extends HasMetadata, P extends HasMetadata> ChildEventSource<T, P> eventSource(
      Class<T> type, String ownerLabel) {
    return new ChildEventSource<>(type, cache(type), ownerLabel);
  }

  /**
   * Whether every watch is connected.
   *
   * @return false while the API server is away
   */
  public boolean areWatching() {
    return caches.values().stream().allMatch(ChildCache::isWatching);
  }

  /**
   * The watched type of an object.
   *
   * @param apiVersion its group and version
   * @param kind its kind
   * @return the type
   */
  Class<? extends HasMetadata> type(String apiVersion, String kind) {
    for (Class<? extends HasMetadata> type : caches.keySet()) {
      if (HasMetadata.getKind(type).equals(kind)
          && HasMetadata.getApiVersion(type).equals(apiVersion)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "Objects of " + apiVersion + " " + kind + " are not watched.");
  }

  /** Takes note of what the API server answered to a write of a child. */
  <T extends HasMetadata> void wrote(T child) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) child.getClass();
    cache(type).wrote(child);
  }

  /** The end of an object has been dealt with. */
  <T extends HasMetadata> void forget(T gone) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) gone.getClass();
    cache(type).tombstones().forget(gone);
  }

  @SuppressWarnings("unchecked")
  <T extends HasMetadata> ChildCache<T> cache(Class<T> type) {
    var cache = caches.get(type);
    if (cache == null) {
      throw new IllegalArgumentException(
          "Children of type " + type.getSimpleName() + " are not watched.");
    }
    return (ChildCache<T>) cache;
  }

  @Override
  public <T extends HasMetadata> Optional<T> cached(Class<T> type, String namespace, String name) {
    return cache(type).get(namespace, name);
  }

  @Override
  public <T extends HasMetadata> List<T> cached(
      Class<T> type, String namespace, String label, String value) {
    return cache(type).byLabel(namespace, label, value);
  }

  @Override
  public <T extends HasMetadata> Optional<T> live(Class<T> type, String namespace, String name) {
    return Optional.ofNullable(client.resources(type).inNamespace(namespace).withName(name).get());
  }

  @Override
  public <T extends HasMetadata> List<T> liveList(
      Class<T> type, String namespace, String label, String value) {
    return client.resources(type).inNamespace(namespace).withLabel(label, value).list().getItems();
  }

  @Override
  public <T extends HasMetadata> List<Deleted<T>> deleted(
      Class<T> type, String namespace, String label, String value) {
    return cache(type).deleted(namespace, label, value);
  }

  /** Starts every watch that does not run yet, and waits for the first lists. */
  public void start() {
    caches.values().forEach(cache -> cache.start(FIRST_LIST_SECONDS));
  }

  @Override
  public void close() {
    caches.values().forEach(ChildCache::stop);
  }
}
