package dev.monolift.operator;

import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
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

  /** The pods of a worker. */
  List<Pod> pods(String name) {
    return client.pods().inNamespace(namespace).withLabel(Labels.WORKER, name).list().getItems();
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

  /** A worker whose template has everything that the API server likes to write in its own way. */
  static String nasty(String name) {
    try (var file =
        Objects.requireNonNull(
            KernelIT.class.getResourceAsStream("KernelIT/nasty-template.yaml"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .replaceFirst("name: nasty", "name: " + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A condition; an empty map when there is none of that type yet. */
  Map<String, Object> condition(String name, String type) {
    return conditionList(name).stream()
        .filter(c -> type.equals(c.get("type")))
        .findFirst()
        .orElse(Map.of());
  }

  /** Type, status and reason of each condition. */
  List<String> conditions(String name) {
    return conditionList(name).stream()
        .map(c -> c.get("type") + "=" + c.get("status") + " " + c.get("reason"))
        .toList();
  }

  private List<Map<String, Object>> conditionList(String name) {
    List<Map<String, Object>> conditions = get(name).get("status", "conditions");
    return conditions == null ? List.of() : conditions;
  }

  /** Name and data of the ConfigMaps that a worker owns. */
  List<String> configMaps(String name) {
    return client
        .configMaps()
        .inNamespace(namespace)
        .withLabel(Labels.WORKER, name)
        .list()
        .getItems()
        .stream()
        .map(
            c ->
                c.getMetadata().getName()
                    + " "
                    + c.getMetadata().getOwnerReferences().size()
                    + " "
                    + c.getData())
        .toList();
  }

  /** Who applied a worker's Deployment. */
  List<String> appliers(String name) {
    return deployment(name).getMetadata().getManagedFields().stream()
        .filter(entry -> !"status".equals(entry.getSubresource()))
        .map(entry -> entry.getManager() + " " + entry.getOperation())
        .filter(manager -> !manager.startsWith("kube-"))
        .sorted()
        .toList();
  }

  /** Whether the spec that the status speaks of is the newest. */
  boolean isObserved(String name) {
    var worker = get(name);
    return worker.get("status", "observedGeneration") instanceof Number seen
        && seen.longValue() == worker.getMetadata().getGeneration();
  }

  /** Reasons of the operator's own events about some workers. */
  List<String> operatorEvents(Predicate<String> names) {
    return events(names).map(Event::getReason).sorted().toList();
  }

  /** What they say. */
  List<String> operatorEventNotes(Predicate<String> names) {
    return events(names).map(Event::getNote).toList();
  }

  private Stream<Event> events(Predicate<String> names) {
    return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(
            event ->
                event.getReportingController() != null
                    && event.getReportingController().startsWith("monolift"))
        .filter(event -> names.test(event.getRegarding().getName()));
  }
}
