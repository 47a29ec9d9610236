package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.dns.DnsEngine;
import dev.monolift.dns.DnsRequest;
import dev.monolift.dns.DnsResult;
import dev.monolift.plan.Plan;
import dev.monolift.plan.PlannedEvent;
import dev.monolift.plan.Planner;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every decision about a worker.
 *
 * <p>Input that cannot be carried out, and a Deployment that is somebody else's, hold the worker:
 * nothing is applied and nothing deleted, so running pods stay as they are, and the Ready condition
 * says what to do.
 */
public final class MonolithWorkerPlanner
    implements Planner<MonolithWorker, MonolithWorkerObservation, MonolithWorkerStatus> {
  /** Nothing is expected to happen; watches tell of everything that does. */
  static final Duration NORMAL = Duration.ofMinutes(10);

  /** No watch tells of a Deployment or a ConfigMap that does not carry our label. */
  static final Duration UNWATCHED = Duration.ofMinutes(1);

  private final ClusterDns cluster;

  /**
   * A planner.
   *
   * @param cluster what the resolver of pods adds to names in this cluster
   */
  public MonolithWorkerPlanner(ClusterDns cluster) {
    this.cluster = cluster;
  }

  @Override
  public Plan<MonolithWorkerStatus> plan(
      MonolithWorker worker, MonolithWorkerObservation seen, Instant now) {
    if (worker.getMetadata().getDeletionTimestamp() != null) {
      return asItIs(worker, now);
    }
    var adoption = Adoption.decide(worker, seen);
    var held = new HeldPlan(worker, seen, adoption, now);
    Optional<Problem> problem = InputCheck.of(worker, adoption.target());
    if (problem.isPresent()) {
      return held.because(problem.get(), null);
    }
    DnsResult dns = DnsEngine.plan(request(worker, seen));
    problem = InputCheck.of(dns);
    if (problem.isPresent()) {
      return held.because(problem.get(), dns);
    }
    return switch (adoption) {
      case Adoption.Refuse refuse ->
          held.because(new Problem(refuse.reason(), refuse.message()), dns);
      case Adoption.Preview preview -> held.preview(preview, dns);
      default -> carriedOut(worker, seen, adoption, dns, now);
    };
  }

  private DnsRequest request(MonolithWorker worker, MonolithWorkerObservation seen) {
    var spec = worker.getSpec();
    return new DnsRequest(
        worker.getMetadata().getName(),
        worker.getMetadata().getNamespace(),
        spec.dns(),
        spec.template(),
        Objects.requireNonNullElseGet(
            spec.container(), () -> spec.template().getSpec().getContainers().getFirst().getName()),
        cluster,
        seen.userConfigMaps());
  }

  /** A worker that is being deleted: a child made now would only be deleted again. */
  private static Plan<MonolithWorkerStatus> asItIs(MonolithWorker worker, Instant now) {
    var status =
        Objects.requireNonNullElseGet(
            worker.getStatus(), () -> WorkerStatus.of(worker, null, null, null, List.of(), now));
    return new Plan<>(List.of(), List.of(), List.of(), status, List.of(), NORMAL);
  }

  private static Plan<MonolithWorkerStatus> carriedOut(
      MonolithWorker worker,
      MonolithWorkerObservation seen,
      Adoption adoption,
      DnsResult dns,
      Instant now) {
    Rollout rollout = Rollout.of(worker, dns.template(), adoption);
    var readiness = readiness(worker, adoption.target(), rollout);
    var apply = new ArrayList<HasMetadata>();
    dns.configMaps().forEach(c -> apply.add(MonolithWorkerResources.configMap(worker, c)));
    apply.add(rollout.desired());
    // the ConfigMaps come first: a pod that names a missing one does not start
    var status = status(worker, adoption, rollout, dns, readiness, now);
    var events = new ArrayList<>(events(worker, adoption, rollout));
    events.addAll(WorkerEvents.of(worker, status, dns.findings()));
    return new Plan<>(
        rollout.transfer() == null ? List.of() : List.of(rollout.transfer()),
        apply,
        OwnConfigMaps.obsolete(worker, seen, apply, readiness),
        status,
        events,
        requeue(worker));
  }

  private static Readiness readiness(
      MonolithWorker worker, @Nullable Deployment live, Rollout rollout) {
    var managedBy = rollout.managedBy();
    int wanted =
        managedBy != null && live != null
            ? Objects.requireNonNullElse(live.getSpec().getReplicas(), 1)
            : MonolithWorkerResources.replicas(worker.getSpec());
    return new Readiness(
        MonolithWorkerResources.deploymentName(worker),
        live,
        wanted,
        rollout.diff().touchesSpec(),
        managedBy == null ? null : managedBy.manager());
  }

  private static List<PlannedEvent> events(
      MonolithWorker worker, Adoption adoption, Rollout rollout) {
    String name = worker.getMetadata().getName();
    boolean takenBack =
        worker.getStatus() != null
            && worker.getStatus().replicasManagedBy() != null
            && rollout.managedBy() == null;
    return switch (adoption) {
      case Adoption.Ours ours -> ForeignEdits.events(name, ours.live(), rollout, takenBack);
      case Adoption.Create create
          when worker.getStatus() != null && worker.getStatus().deployment() != null ->
          List.of(WorkerEvents.createdAgain(worker, worker.getStatus().deployment()));
      default -> List.of();
    };
  }

  private static MonolithWorkerStatus status(
      MonolithWorker worker,
      Adoption adoption,
      Rollout rollout,
      DnsResult dns,
      Readiness readiness,
      Instant now) {
    Deployment live = Objects.requireNonNullElse(adoption.target(), rollout.desired());
    Condition ready = readiness.condition(worker.getMetadata().getGeneration());
    var conditions =
        WorkerStatus.conditions(
            worker,
            live,
            ready,
            WorkerConditions.adopted(worker, adoption, rollout.diff()).orElse(null),
            WorkerConditions.dnsSafe(worker, dns).orElse(null));
    return WorkerStatus.of(worker, live, rollout.managedBy(), dns.status(), conditions, now);
  }

  /** Time until the next pass of a worker whose Deployment is its own. */
  static Duration requeue(MonolithWorker worker) {
    return FileConfigMaps.named(worker.getSpec().dns()).isEmpty() ? NORMAL : UNWATCHED;
  }
}
