package dev.monolift.node;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads every status of the MonolithWorkers of a namespace, and keeps what it says of pods. */
final class VerdictWatch implements Watcher<GenericKubernetesResource>, AutoCloseable {
  /** The kind, as its documentation spells it. */
  static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("monolift.dev")
          .withVersion("v1alpha1")
          .withKind("MonolithWorker")
          .withPlural("monolithworkers")
          .withNamespaced(true)
          .build();

  private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
  private final Map<String, Long> counted = new HashMap<>();
  private final Watch watch;
  private @Nullable Exception broken;

  VerdictWatch(KubernetesClient client, String namespace) {
    this.watch = client.genericKubernetesResources(KIND).inNamespace(namespace).watch(this);
  }

  @Override
  public synchronized void eventReceived(Action action, GenericKubernetesResource worker) {
    List<Map<String, Object>> last = worker.get("status", "drains", "last");
    Map<String, Number> totals = worker.get("status", "drains", "totals");
    Instant now = Instant.now();
    if (last != null) {
      // the newest is the first
      last.reversed().forEach(end -> verdicts.putIfAbsent(text(end, "pod"), verdict(end, now)));
    }
    if (totals != null) {
      counted.put(
          worker.getMetadata().getName(),
          totals.values().stream().mapToLong(Number::longValue).sum());
    }
  }

  private static Verdict verdict(Map<String, Object> end, Instant now) {
    return new Verdict(
        text(end, "pod"),
        text(end, "verdict"),
        text(end, "reason"),
        text(end, "cause"),
        text(end, "message"),
        now);
  }

  private static String text(Map<String, Object> end, String field) {
    return String.valueOf(end.get(field));
  }

  /** What was said of each pod, the first one first. */
  synchronized List<Verdict> verdicts() {
    check();
    return List.copyOf(verdicts.values());
  }

  /** What was said of a pod. */
  synchronized Optional<Verdict> of(String pod) {
    check();
    return Optional.ofNullable(verdicts.get(pod));
  }

  /** Number of ended pods of each worker, by its totals. */
  synchronized Map<String, Long> counted() {
    return Map.copyOf(counted);
  }

  private void check() {
    if (broken != null) {
      throw new IllegalStateException("the test's watch on workers is down", broken);
    }
  }

  @Override
  public synchronized void onClose(WatcherException cause) {
    broken = cause;
  }

  @Override
  public void onClose() {
    // at the end of the test
  }

  @Override
  public void close() {
    watch.close();
  }
}
