package dev.monolift.monolithworker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.drain.DrainProgram;
import dev.monolift.fields.Json;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.ObsoleteChildren;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of a worker's ConfigMaps may be deleted: none while a rollout is under way, because pods of
 * the old template may still start, none that the live template names, and no drain program that a
 * ReplicaSet names.
 */
final class OwnConfigMaps {
  private static final Set<String> REFERENCES =
      Set.of("configMap", "configMapRef", "configMapKeyRef");

  private OwnConfigMaps() {}

  static List<ObjectRef> obsolete(
      MonolithWorker worker,
      MonolithWorkerObservation seen,
      List<? extends HasMetadata> wanted,
      Readiness readiness) {
    Deployment live = seen.deployment();
    if (live == null || !readiness.isRolledOut()) {
      return List.of();
    }
    var inUse = new HashSet<String>();
    collectNames(Json.tree(live.getSpec().getTemplate()), inUse);
    inUse.addAll(ofEarlierPrograms(seen));
    List<ConfigMap> own =
        seen.ownConfigMaps().stream()
            .filter(configMap -> Ownership.isOf(configMap, worker))
            .toList();
    return ObsoleteChildren.find(own, wanted, inUse);
  }

  /**
   * Drain programs that a rollback could bring back: while the operator is away, {@code kubectl
   * rollout undo} starts pods that mount them.
   */
  private static Set<String> ofEarlierPrograms(MonolithWorkerObservation seen) {
    var names = new HashSet<String>();
    seen.replicaSets().forEach(set -> collectNames(Json.tree(set.getSpec().getTemplate()), names));
    names.removeIf(
        name ->
            seen.ownConfigMaps().stream()
                .noneMatch(map -> isDrainProgram(map) && map.getMetadata().getName().equals(name)));
    return names;
  }

  /** Whether a ConfigMap holds a drain program, of any revision. */
  static boolean isDrainProgram(ConfigMap configMap) {
    return configMap.getData() != null && configMap.getData().containsKey(DrainProgram.FILE);
  }

  private static void collectNames(JsonNode node, Set<String> into) {
    node.properties()
        .forEach(
            field -> {
              if (REFERENCES.contains(field.getKey()) && field.getValue().has("name")) {
                into.add(field.getValue().get("name").asText());
              }
            });
    node.forEach(child -> collectNames(child, into));
  }
}
