package dev.monolift.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** MonolithWorkers of one namespace, as a user writes and reads them. */
record Workers(KubernetesClient client, String namespace) {
  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("monolift.dev")
          .withVersion("v1alpha1")
          .withKind("MonolithWorker")
          .withPlural("monolithworkers")
          .withNamespaced(true)
          .build();

  static String minimal(String name) {
    return """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: %s}
        spec:
          template:
            spec:
              containers: [{name: php, image: "example.test/php:1", command: [php, worker.php]}]
        """
        .formatted(name);
  }

  GenericKubernetesResource create(String yaml) {
    return client
        .genericKubernetesResources(KIND)
        .inNamespace(namespace)
        .load(bytes(yaml))
        .create();
  }

  void createMinimal(String name) {
    create(minimal(name));
  }

  void patch(String name, String mergePatch) {
    client
        .genericKubernetesResources(KIND)
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), mergePatch);
  }

  /** The worker, which must exist. */
  GenericKubernetesResource get(String name) {
    return Objects.requireNonNull(
        client.genericKubernetesResources(KIND).inNamespace(namespace).withName(name).get());
  }

  boolean exists(String name) {
    return client.genericKubernetesResources(KIND).inNamespace(namespace).withName(name).get()
        != null;
  }

  boolean hasDeployment(String name) {
    return client.apps().deployments().inNamespace(namespace).withName(name).get() != null;
  }

  /** The worker's Deployment, which must exist. */
  Deployment deployment(String name) {
    return Objects.requireNonNull(
        client.apps().deployments().inNamespace(namespace).withName(name).get());
  }

  PodSpec pod(String name) {
    return deployment(name).getSpec().getTemplate().getSpec();
  }

  String image(String name) {
    return pod(name).getContainers().getFirst().getImage();
  }

  Map<String, String> labels(String name) {
    return deployment(name).getMetadata().getLabels();
  }

  /** A field of the status; null when there is none yet. */
  @Nullable Object status(String name, String field) {
    return get(name).get("status", field);
  }

  int replicas(String name) {
    return status(name, "replicas") instanceof Integer replicas ? replicas : -1;
  }

  /** The Ready condition; an empty map when there is none yet. */
  Map<String, Object> ready(String name) {
    List<Map<String, Object>> conditions = get(name).get("status", "conditions");
    return conditions == null
        ? Map.of()
        : conditions.stream()
            .filter(c -> "Ready".equals(c.get("type")))
            .findFirst()
            .orElse(Map.of());
  }

  /** Message of the Ready condition; empty when there is none yet. */
  String message(String name) {
    return Objects.toString(ready(name).get("message"), "");
  }

  boolean isReady(String name) {
    return "True".equals(ready(name).get("status"));
  }

  List<String> eventReasons() {
    return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .map(Event::getReason)
        .toList();
  }

  private static InputStream bytes(String yaml) {
    return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }
}
