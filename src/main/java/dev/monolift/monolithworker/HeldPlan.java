package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus.ReplicasManagedBy;
import dev.monolift.dns.DnsResult;
import dev.monolift.drain.DrainableCondition;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Conditions.Status;
import dev.monolift.plan.Plan;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plan that changes nothing but the status: what runs stays as it is.
 *
 * @param worker the worker
 * @param seen what was observed
 * @param adoption what would be done about the Deployment
 * @param now the time
 */
record HeldPlan(
    MonolithWorker worker, MonolithWorkerObservation seen, Adoption adoption, Instant now) {

  /**
   * The plan, because of a problem.
   *
   * @param problem what is wrong
   * @param dns what the DNS engine said; null when it was not asked
   */
  Plan<MonolithWorkerStatus> because(Problem problem, @Nullable DnsResult dns) {
    return because(
        problem, dns, WorkerConditions.notYetAdopted(worker, adoption, problem).orElse(null));
  }

  /**
   * The plan that shows what taking a Deployment over would change.
   *
   * @param preview the Deployment
   * @param pods the pods as they would be
   */
  Plan<MonolithWorkerStatus> preview(Adoption.Preview preview, PodPlan pods) {
    var diff = Rollout.of(worker, pods.template(), preview).diff();
    var problem =
        new Problem(
            Adoption.NOT_OURS,
            "Deployment "
                + preview.live().getMetadata().getName()
                + " belongs to "
                + preview.owner()
                + ". Nothing is written. The condition Adopted shows what taking it over would"
                + " change; set spec.adopt to Take to do it.");
    return because(
        problem, pods.dns(), WorkerConditions.adopted(worker, preview, diff).orElse(null));
  }

  private Plan<MonolithWorkerStatus> because(
      Problem problem, @Nullable DnsResult dns, @Nullable Condition adopted) {
    Deployment live = own();
    String stays =
        adoption instanceof Adoption.Ours ? " Until then the running pods stay as they are." : "";
    var ready =
        Conditions.of(
            Conditions.READY,
            Status.False,
            problem.reason(),
            Texts.bounded(problem.message() + stays) + openPolicy(),
            observedGeneration());
    var dnsSafe =
        dns == null
            ? WorkerConditions.current(worker, WorkerConditions.DNS_SAFE)
            : WorkerConditions.dnsSafe(worker, dns);
    var conditions =
        WorkerStatus.conditions(
            worker,
            live,
            ready,
            List.of(
                Optional.ofNullable(adopted),
                dnsSafe,
                WorkerConditions.current(worker, DrainableCondition.TYPE),
                WorkerConditions.current(worker, WorkerConditions.DRAIN_BUDGET),
                RestartChildren.held(worker)));
    var status =
        WorkerStatus.observed(
            observedGeneration(),
            WorkerStatus.of(worker, live, managedBy(live), said(dns), conditions, now));
    return new Plan<>(
        List.of(),
        List.of(),
        List.of(),
        status,
        WorkerEvents.of(worker, status, List.of()),
        requeueAfter());
  }

  /**
   * Who sets the replicas. With a bound on consumers that may be the very problem, so it is looked
   * at anew: a change of spec.replicas takes them back only when it stands in the status.
   */
  private @Nullable ReplicasManagedBy managedBy(@Nullable Deployment live) {
    var before = worker.getStatus() == null ? null : worker.getStatus().replicasManagedBy();
    if (live == null || Consumers.max(worker.getSpec()) == null) {
      return live == null ? null : before;
    }
    return ReplicasOwnership.handedOver(
            live, MonolithWorkerResources.replicas(worker.getSpec()), before)
        .orElse(null);
  }

  /** Whether the Deployment would not fare as spec.deletionPolicy says if the worker went now. */
  private boolean isPolicyOpen() {
    return adoption instanceof Adoption.Ours ours
        && Ownership.goesWith(ours.live(), worker) != MonolithWorkerResources.goesWith(worker);
  }

  /**
   * Somebody who set Orphan waits for this generation and then deletes. As long as the garbage
   * collector would take the running pods, the generation must not show.
   */
  private @Nullable Long observedGeneration() {
    if (!isPolicyOpen()) {
      return worker.getMetadata().getGeneration();
    }
    return worker.getStatus() == null ? null : worker.getStatus().observedGeneration();
  }

  /** Not a part of the text that may be cut: somebody could lose pods for not reading it. */
  private String openPolicy() {
    if (!isPolicyOpen()) {
      return "";
    }
    String deployment = MonolithWorkerResources.deploymentName(worker);
    String name = worker.getMetadata().getName();
    return MonolithWorkerResources.goesWith(worker)
        ? " spec.deletionPolicy Delete is not carried out yet either: Deployment "
            + deployment
            + " still would stay when this MonolithWorker is deleted."
        : " spec.deletionPolicy Orphan is not carried out yet either: Deployment "
            + deployment
            + " still would be deleted together with this MonolithWorker. To delete the"
            + " MonolithWorker now and keep the pods: kubectl delete monolithworker "
            + name
            + " --cascade=orphan.";
  }

  /** The Deployment whose counts are shown, also while it is being deleted. */
  private @Nullable Deployment own() {
    Deployment live = seen.deployment();
    return live != null && Ownership.isOf(live, worker) ? live : null;
  }

  private PodPlan.Said said(@Nullable DnsResult dns) {
    var before = PodPlan.Said.before(worker);
    return dns == null ? before : before.with(dns.status());
  }

  private Duration requeueAfter() {
    return adoption instanceof Adoption.Refuse || adoption instanceof Adoption.Preview
        ? MonolithWorkerPlanner.UNWATCHED
        : MonolithWorkerPlanner.requeue(worker);
  }
}
