package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus.ReplicasManagedBy;
import dev.monolift.plan.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status of a worker, with the counts of its Deployment. */
final class WorkerStatus {
  private WorkerStatus() {}

  /**
   * Puts a status together.
   *
   * @param worker the worker with its current status
   * @param live the Deployment as it is; null while there is none of ours
   * @param managedBy who sets the replicas; null when this operator does
   * @param said what it says of the pods' settings
   * @param conditions conditions without times
   * @param now the time
   */
  static MonolithWorkerStatus of(
      MonolithWorker worker,
      @Nullable Deployment live,
      @Nullable ReplicasManagedBy managedBy,
      PodPlan.Said said,
      List<Condition> conditions,
      Instant now) {
    var before = worker.getStatus() == null ? null : worker.getStatus().conditions();
    var counts =
        live == null || live.getStatus() == null ? new DeploymentStatus() : live.getStatus();
    boolean ours = live != null;
    return new MonolithWorkerStatus(
        worker.getMetadata().getGeneration(),
        ours ? MonolithWorkerResources.deploymentName(worker) : null,
        ours ? zero(counts.getReplicas()) : null,
        ours ? zero(counts.getUpdatedReplicas()) : null,
        ours ? zero(counts.getReadyReplicas()) : null,
        ours ? zero(counts.getAvailableReplicas()) : null,
        live == null ? null : Selectors.text(live.getSpec().getSelector()),
        managedBy,
        said.dns(),
        said.drainProgram(),
        said.pendingUpgrade(),
        worker.getStatus() == null ? null : worker.getStatus().drains(),
        said.restart(),
        Conditions.merge(before, conditions, now));
  }

  /**
   * A status with other drains and conditions.
   *
   * @param status the status
   * @param drains how pods ended; null when none has run yet
   * @param conditions all conditions
   */
  static MonolithWorkerStatus with(
      MonolithWorkerStatus status, @Nullable DrainStatus drains, List<Condition> conditions) {
    return copy(status, status.observedGeneration(), drains, conditions);
  }

  /**
   * A status that speaks of another generation.
   *
   * @param generation the generation; null when none was observed yet
   * @param status the status
   */
  static MonolithWorkerStatus observed(@Nullable Long generation, MonolithWorkerStatus status) {
    return copy(status, generation, status.drains(), status.conditions());
  }

  private static MonolithWorkerStatus copy(
      MonolithWorkerStatus status,
      @Nullable Long generation,
      @Nullable DrainStatus drains,
      @Nullable List<Condition> conditions) {
    return new MonolithWorkerStatus(
        generation,
        status.deployment(),
        status.replicas(),
        status.updatedReplicas(),
        status.readyReplicas(),
        status.availableReplicas(),
        status.selector(),
        status.replicasManagedBy(),
        status.dns(),
        status.drainProgram(),
        status.pendingUpgrade(),
        drains,
        status.restart(),
        conditions);
  }

  /**
   * Conditions in their fixed order: Ready, the Deployment's two, and the others.
   *
   * @param worker the worker
   * @param live the Deployment; null while there is none of ours
   * @param ready Ready
   * @param others the others that there are
   */
  static List<Condition> conditions(
      MonolithWorker worker,
      @Nullable Deployment live,
      Condition ready,
      List<Optional<Condition>> others) {
    Long generation = worker.getMetadata().getGeneration();
    var conditions = new ArrayList<Condition>(List.of(ready));
    Stream.concat(
            Stream.of(
                WorkerConditions.mirror(live, WorkerConditions.AVAILABLE, generation),
                WorkerConditions.mirror(live, WorkerConditions.PROGRESSING, generation)),
            others.stream())
        .flatMap(Optional::stream)
        .forEach(conditions::add);
    return conditions;
  }

  private static Integer zero(@Nullable Integer count) {
    return Objects.requireNonNullElse(count, 0);
  }
}
