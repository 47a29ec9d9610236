package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorkerStatus.ReplicasManagedBy;
import dev.monolift.fields.FieldPath;
import dev.monolift.fields.FieldSet;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody else sets the Deployment's replicas: an autoscaler that targets the Deployment.
 *
 * <p>How field ownership works here: an update of the scale subresource that changes the number
 * takes the field away from us, with an entry of its own in managedFields. Only then may the field
 * be left out of an apply: leaving out a field that we own alone removes it, and the API server
 * would fill in 1.
 *
 * <p>Once handed over, the field stays so until the user changes {@code spec.replicas}, even when a
 * person scales the Deployment in between: the autoscaler puts that right, and sending the user's
 * number could be a fall from 40 pods to 1.
 */
final class ReplicasOwnership {
  static final FieldPath REPLICAS = FieldPath.of("spec", "replicas");

  /** The field manager of Kubernetes' own HorizontalPodAutoscaler controller. */
  private static final String AUTOSCALER = "kube-controller-manager";

  private ReplicasOwnership() {}

  /**
   * Decides.
   *
   * @param live the Deployment; null when there is none
   * @param specReplicas the user's number
   * @param recorded what the status says; null means that it was not handed over
   * @return who sets the replicas; empty when this operator does
   */
  static Optional<ReplicasManagedBy> handedOver(
      @Nullable Deployment live, int specReplicas, @Nullable ReplicasManagedBy recorded) {
    boolean wantedBack = recorded != null && recorded.specReplicas() != specReplicas;
    if (live == null || wantedBack || ownedByUs(live)) {
      return Optional.empty();
    }
    return live.getMetadata().getManagedFields().stream()
        .filter(ReplicasOwnership::isScaler)
        .map(entry -> new ReplicasManagedBy(entry.getManager(), specReplicas))
        .findFirst()
        .or(() -> Optional.ofNullable(recorded));
  }

  private static boolean ownedByUs(Deployment live) {
    return live.getMetadata().getManagedFields().stream()
        .anyMatch(entry -> isOurs(entry) && ownsReplicas(entry));
  }

  /** Our own entry; an Update of that name would be somebody's mistake. */
  static boolean isOurs(ManagedFieldsEntry entry) {
    return Labels.MONOLIFT.equals(entry.getManager())
        && "Apply".equals(entry.getOperation())
        && noSubresource(entry);
  }

  static boolean noSubresource(ManagedFieldsEntry entry) {
    return entry.getSubresource() == null || entry.getSubresource().isEmpty();
  }

  /**
   * People scale with kubectl, dashboards and scripts of any name; all of these are edits. Only the
   * HorizontalPodAutoscaler is not, which is also what KEDA scales through.
   */
  private static boolean isScaler(ManagedFieldsEntry entry) {
    return "scale".equals(entry.getSubresource())
        && AUTOSCALER.equals(entry.getManager())
        && ownsReplicas(entry);
  }

  private static boolean ownsReplicas(ManagedFieldsEntry entry) {
    return FieldSet.of(entry.getFieldsV1()).owns(REPLICAS);
  }
}
