package dev.monolift.monolithworker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.monolift.fields.AppliedFields;
import dev.monolift.fields.FieldPath;
import dev.monolift.fields.Json;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What an API server and a Deployment controller make of an applied Deployment, as far as the
 * properties need it. {@code FieldOwnershipIT} tries the same on a real one.
 */
final class ApplyModel {
  private static final FieldPath REPLICAS = FieldPath.of("spec", "replicas");

  private ApplyModel() {}

  /** The stored Deployment, rolled out. */
  static Deployment applied(Deployment desired, @Nullable Deployment live) {
    var managed = new ArrayList<ManagedFieldsEntry>();
    managed.add(
        new ManagedFieldsEntryBuilder()
            .withManager(Labels.MONOLIFT)
            .withOperation("Apply")
            .withApiVersion("apps/v1")
            .withFieldsType("FieldsV1")
            .withFieldsV1(AppliedFields.of(Json.tree(desired)).toFieldsV1())
            .build());
    if (live != null) {
      live.getMetadata().getManagedFields().stream()
          .filter(entry -> "scale".equals(entry.getSubresource()))
          .forEach(managed::add);
    }
    Deployment stored = Json.object(withDefaults(desired, live), Deployment.class);
    return new DeploymentBuilder(stored)
        .editMetadata()
        .withUid("dep")
        .withGeneration(4L)
        .withResourceVersion("8")
        .withCreationTimestamp(
            live == null ? "2026-02-01T00:00:00Z" : live.getMetadata().getCreationTimestamp())
        .withManagedFields(managed)
        .endMetadata()
        .withStatus(rolledOut(stored.getSpec().getReplicas()))
        .build();
  }

  private static ObjectNode withDefaults(Deployment desired, @Nullable Deployment live) {
    ObjectNode tree = Json.tree(desired).deepCopy();
    if (REPLICAS.in(tree).isEmpty()) {
      int replicas = live == null ? 1 : live.getSpec().getReplicas();
      tree.withObject("/spec").put("replicas", replicas);
    }
    ObjectNode pods = tree.withObject("/spec/template/spec");
    pods.put("restartPolicy", "Always");
    pods.put("schedulerName", "default-scheduler");
    if (!pods.has("terminationGracePeriodSeconds")) {
      pods.put("terminationGracePeriodSeconds", 30);
    }
    if (pods.has("serviceAccountName")) {
      pods.set("serviceAccount", pods.get("serviceAccountName"));
    }
    pods.get("containers")
        .forEach(
            container -> {
              if (container instanceof ObjectNode c && !c.has("terminationMessagePath")) {
                c.put("terminationMessagePath", "/dev/termination-log");
              }
            });
    return tree;
  }

  static DeploymentStatus rolledOut(int replicas) {
    return new DeploymentStatusBuilder()
        .withObservedGeneration(4L)
        .withReplicas(replicas)
        .withUpdatedReplicas(replicas)
        .withReadyReplicas(replicas)
        .withAvailableReplicas(replicas)
        .build();
  }
}
