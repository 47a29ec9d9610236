package dev.monolift.monolithworker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus.ReplicasManagedBy;
import dev.monolift.fields.Differences;
import dev.monolift.fields.FieldPath;
import dev.monolift.fields.FieldSet;
import dev.monolift.fields.Json;
import dev.monolift.fields.LastApply;
import dev.monolift.fields.TreeDiff;
import dev.monolift.plan.Labels;
import dev.monolift.plan.OwnershipTransfer;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The Deployment as it shall be, and how it gets there from the live one.
 *
 * @param desired what is applied
 * @param managedBy who sets the replicas instead of this operator; null when nobody does
 * @param transfer field ownership to take first; null when there is none to take
 * @param diff what applying changes; everything when there is no live Deployment
 */
record Rollout(
    Deployment desired,
    @Nullable ReplicasManagedBy managedBy,
    @Nullable OwnershipTransfer transfer,
    DeploymentDiff diff) {

  /**
   * Works it out.
   *
   * @param worker the worker
   * @param template the user's template with the DNS settings
   * @param adoption what is done about the live Deployment
   */
  static Rollout of(MonolithWorker worker, PodTemplateSpec template, Adoption adoption) {
    Deployment live = adoption.target();
    int replicas = MonolithWorkerResources.replicas(worker.getSpec());
    var recorded = worker.getStatus() == null ? null : worker.getStatus().replicasManagedBy();
    var managedBy = ReplicasOwnership.handedOver(live, replicas, recorded).orElse(null);
    Deployment desired =
        MonolithWorkerResources.deployment(
            worker,
            template,
            live,
            managedBy == null ? MonolithWorkerResources.podCount(worker.getSpec()) : null);
    if (live == null) {
      return new Rollout(desired, null, null, new DeploymentDiff(List.of()));
    }
    boolean ours = adoption instanceof Adoption.Ours;
    boolean taken = !ours || WorkerConditions.wasTaken(live);
    return compared(live, taken ? marked(desired) : desired, managedBy, ours);
  }

  private static Deployment marked(Deployment desired) {
    return new DeploymentBuilder(desired)
        .editMetadata()
        .addToAnnotations(Labels.ADOPTED, "true")
        .endMetadata()
        .build();
  }

  private static Rollout compared(
      Deployment live, Deployment desired, @Nullable ReplicasManagedBy managedBy, boolean ours) {
    Predicate<FieldPath> moving =
        ours ? path -> false : FieldTakeover.everythingOfTheSpec(managedBy != null);
    var trees = PromisedAbsent.Trees.of(live, desired);
    JsonNode after = trees.desired();
    var absent = new PromisedAbsent(live, trees, moving).fields();
    var transfer = FieldTakeover.plan(live, moving, absent).orElse(null);
    Deployment owned = transfer == null ? live : with(live, transfer.managedFields());
    var diff =
        new DeploymentDiff(
            ours
                ? Differences.between(after, transfer == null ? trees.live() : Json.tree(owned))
                : TreeDiff.of(
                    trees.stored(), after, ownedAlone(owned.getMetadata().getManagedFields())));
    // A field may only be left out while somebody else owns it. A cache that lags behind could
    // show an owner that no longer is one; the precondition lets the API server notice. A transfer
    // has the same precondition and changes the version.
    Deployment applied =
        managedBy == null || transfer != null || diff.changes().isEmpty()
            ? desired
            : new DeploymentBuilder(desired)
                .editMetadata()
                .withResourceVersion(live.getMetadata().getResourceVersion())
                .endMetadata()
                .build();
    return new Rollout(applied, managedBy, transfer, diff);
  }

  private static Deployment with(Deployment live, List<ManagedFieldsEntry> managedFields) {
    return new DeploymentBuilder(live)
        .editMetadata()
        .withManagedFields(managedFields)
        .endMetadata()
        .build();
  }

  private static FieldSet ownedAlone(List<ManagedFieldsEntry> managedFields) {
    FieldSet ours = FieldSet.EMPTY;
    FieldSet others = FieldSet.EMPTY;
    for (ManagedFieldsEntry entry : managedFields) {
      FieldSet fields = FieldSet.of(entry.getFieldsV1());
      if (ReplicasOwnership.isOurs(entry)) {
        ours = ours.union(fields);
      } else {
        others = others.union(fields);
      }
    }
    FieldSet shared = others;
    return ours.filter(path -> !shared.owns(path) && !path.equals(LastApply.MARK));
  }
}
