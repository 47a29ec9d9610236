package dev.monolift.cli;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.cli.manifest.YamlPrinter;
import dev.monolift.drain.DrainProgram;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.OwnershipTransfer;
import dev.monolift.plan.Plan;
import dev.monolift.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A plan as YAML: the children in the order in which they are applied, and as the last document the
 * worker with the status. What is not an object stands in comments.
 */
final class Rendering {
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final StringBuilder text = new StringBuilder();

  /**
   * Adds a worker.
   *
   * @param worker the worker
   * @param plan the first pass: what is written
   * @param status the status that it comes to
   */
  void add(MonolithWorker worker, Plan<MonolithWorkerStatus> plan, MonolithWorkerStatus status) {
    plan.apply().forEach(this::child);
    String when = plan.apply().isEmpty() ? "" : ", once its pods are ready";
    document(title(worker) + ": its status" + when + notes(plan), statusDocument(worker, status));
  }

  /** Seven hundred lines of shell for each worker would hide everything else. */
  private void child(HasMetadata child) {
    var object = map(child);
    if (child instanceof ConfigMap map && map.getData().containsKey(DrainProgram.FILE)) {
      object.remove("data");
      int bytes = map.getData().get(DrainProgram.FILE).getBytes(StandardCharsets.UTF_8).length;
      document(
          title(child)
              + "\nIts data, left out here, is the drain program: "
              + bytes
              + " bytes, the same for every resource.",
          object);
    } else {
      document(title(child), object);
    }
  }

  private void document(String comment, Map<String, Object> object) {
    text.append("---\n");
    comment.lines().forEach(line -> text.append("# ").append(line).append('\n'));
    text.append(YamlPrinter.print(object));
  }

  private static String title(HasMetadata object) {
    var metadata = object.getMetadata();
    return object.getKind() + " " + metadata.getNamespace() + "/" + metadata.getName();
  }

  private static String notes(Plan<MonolithWorkerStatus> plan) {
    var notes = new StringBuilder();
    for (OwnershipTransfer transfer : plan.transfers()) {
      notes.append("\nTakes over the fields of ").append(name(transfer.object()));
    }
    for (ObjectRef object : plan.delete()) {
      notes.append("\nDeletes ").append(name(object));
    }
    for (PlannedEvent event : plan.events()) {
      notes.append("\nEvent %s %s: %s".formatted(event.type(), event.reason(), event.message()));
    }
    return notes.toString();
  }

  private static String name(ObjectRef object) {
    return object.kind() + " " + object.namespace() + "/" + object.name();
  }

  private Map<String, Object> statusDocument(MonolithWorker worker, MonolithWorkerStatus status) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", worker.getMetadata().getName());
    metadata.put("namespace", worker.getMetadata().getNamespace());
    Map<String, Object> statusMap = map(status);
    statusMap.put("conditions", conditions(status).stream().map(this::map).toList());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", worker.getApiVersion());
    document.put("kind", worker.getKind());
    document.put("metadata", metadata);
    document.put("status", statusMap);
    return document;
  }

  /** Without times: nothing has happened yet. */
  private static List<Condition> conditions(MonolithWorkerStatus status) {
    return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
        .map(condition -> new ConditionBuilder(condition).withLastTransitionTime(null).build())
        .toList();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> map(Object object) {
    return serialization.convertValue(object, LinkedHashMap.class);
  }

  /** Whether a status says that the worker does its work. */
  static boolean isReady(MonolithWorkerStatus status) {
    return Conditions.find(status.conditions(), Conditions.READY)
        .filter(ready -> Conditions.Status.True.name().equals(ready.getStatus()))
        .isPresent();
  }

  /** The sentence for a worker that is not ready. */
  static String whyNotReady(MonolithWorker worker, MonolithWorkerStatus status) {
    return title(worker)
        + " would not become Ready"
        + Conditions.find(status.conditions(), Conditions.READY)
            .map(ready -> ": " + ready.getReason() + ": " + ready.getMessage())
            .orElse("");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
