package dev.monolift.node;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A MonolithWorker, as far as a person can see it.
 *
 * @param client the cluster
 * @param namespace its namespace
 * @param name its name
 */
record SeenWorker(KubernetesClient client, String namespace, String name) {
  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("monolift.dev")
          .withVersion("v1alpha1")
          .withKind("MonolithWorker")
          .withPlural("monolithworkers")
          .withNamespaced(true)
          .build();

  /**
   * How a pod ended.
   *
   * @param pod its name
   * @param verdict how
   * @param reason why that is the verdict
   * @param cause why it was ended
   * @param message the sentence
   */
  record End(String pod, String verdict, String reason, String cause, String message) {}

  private GenericKubernetesResource get() {
    return Objects.requireNonNull(
        client.genericKubernetesResources(KIND).inNamespace(namespace).withName(name).get());
  }

  /** Whether it is ready. */
  boolean isReady() {
    return "True".equals(condition("Ready").get("status"));
  }

  /** A condition; an empty map when there is none of that type yet. */
  Map<String, Object> condition(String type) {
    return list("status", "conditions").stream()
        .filter(condition -> type.equals(condition.get("type")))
        .findFirst()
        .orElse(Map.of());
  }

  /** The endpoints of its DNS settings, as the status has them. */
  List<Map<String, Object>> endpoints() {
    return list("status", "dns", "endpoints");
  }

  /** The search domains of its pods, as the status has them. */
  List<String> searchDomains() {
    List<String> domains = get().get("status", "dns", "searchDomains");
    return domains == null ? List.of() : domains;
  }

  /** The last pods that ended, the newest first. */
  List<End> ends() {
    return list("status", "drains", "last").stream()
        .map(
            end ->
                new End(
                    text(end, "pod"),
                    text(end, "verdict"),
                    text(end, "reason"),
                    text(end, "cause"),
                    text(end, "message")))
        .toList();
  }

  /** How a pod ended; empty while nothing is said of it. */
  Optional<End> end(String pod) {
    return ends().stream().filter(end -> end.pod().equals(pod)).findFirst();
  }

  /** Number of pods per verdict. */
  Map<String, Object> totals() {
    Map<String, Object> totals = get().get("status", "drains", "totals");
    return totals == null ? Map.of() : totals;
  }

  /** Starts in place of all pods that have ended. */
  int inPlaceRestarts() {
    Integer count = get().get("status", "drains", "inPlaceRestarts");
    return count == null ? 0 : count;
  }

  private List<Map<String, Object>> list(Object... path) {
    List<Map<String, Object>> list = get().get(path);
    return list == null ? List.of() : list;
  }

  private static String text(Map<String, Object> map, String key) {
    return Objects.toString(map.get(key), "");
  }
}
