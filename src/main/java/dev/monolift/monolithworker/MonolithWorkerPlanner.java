package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.InPlaceRestart;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerSpec.OnExit;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.dns.DnsEngine;
import dev.monolift.dns.DnsRequest;
import dev.monolift.dns.DnsResult;
import dev.monolift.drain.DrainEngine;
import dev.monolift.drain.DrainProgram;
import dev.monolift.drain.DrainRequest;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Plan;
import dev.monolift.plan.PlannedEvent;
import dev.monolift.plan.Planner;
import dev.monolift.restart.RestartedAt;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
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
  static final Duration NORMAL = Duration.ofMinutes(30);

  /** No watch tells of a Deployment or a ConfigMap that does not carry our label. */
  static final Duration UNWATCHED = Duration.ofMinutes(1);

  private final ClusterDns cluster;
  private final DrainEngine drains;
  private final @Nullable String image;

  /**
   * A planner.
   *
   * @param cluster what the resolver of pods adds to names in this cluster
   * @param program the drain program that new pods get
   */
  public MonolithWorkerPlanner(ClusterDns cluster, DrainProgram program) {
    this(cluster, program, null);
  }

  /**
   * A planner of an operator that knows its own image.
   *
   * @param cluster what the resolver of pods adds to names in this cluster
   * @param program the drain program that new pods get
   * @param image image of the pods that ask for a restart; null when it is not known
   */
  public MonolithWorkerPlanner(ClusterDns cluster, DrainProgram program, @Nullable String image) {
    this.cluster = cluster;
    this.drains = new DrainEngine(program);
    this.image = image;
  }

  @Override
  public Plan<MonolithWorkerStatus> plan(
      MonolithWorker worker, MonolithWorkerObservation seen, Instant now) {
    var plan = new PodEnds(worker, seen, now).addedTo(decided(worker, seen, now));
    return new ConsumerBound(worker, seen, now).addedTo(plan);
  }

  private Plan<MonolithWorkerStatus> decided(
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
    var pods = new PodPlan(dns, drains.plan(request(worker, seen, adoption, dns.template())));
    problem = InputCheck.of(pods.drain());
    if (problem.isPresent()) {
      return held.because(problem.get(), dns);
    }
    return switch (adoption) {
      case Adoption.Refuse refuse ->
          held.because(new Problem(refuse.reason(), refuse.message()), dns);
      case Adoption.Preview preview -> held.preview(preview, pods);
      default -> {
        Rollout rollout = Rollout.of(worker, pods.template(), adoption);
        yield ConsumersCheck.of(worker, rollout.managedBy())
            .map(refused -> held.because(refused, dns))
            .orElseGet(() -> carriedOut(worker, seen, adoption, rollout, pods, now));
      }
    };
  }

  private static DrainRequest request(
      MonolithWorker worker,
      MonolithWorkerObservation seen,
      Adoption adoption,
      PodTemplateSpec template) {
    var spec = worker.getSpec();
    var restart =
        spec.onExit() == OnExit.RestartInPlace
            ? Objects.requireNonNullElseGet(
                spec.inPlaceRestart(), () -> new InPlaceRestart(null, null))
            : null;
    return new DrainRequest(
        worker.getMetadata().getName(),
        template,
        MonolithWorkerResources.program(spec),
        new DrainRequest.Settings(spec.drain(), restart, spec.logs()),
        worker.getStatus() == null ? null : worker.getStatus().drainProgram(),
        seen.ownConfigMaps().stream()
            .filter(configMap -> Ownership.isOf(configMap, worker))
            .map(configMap -> configMap.getMetadata().getName())
            .collect(Collectors.toSet()),
        RestartedAt.of(adoption.target()).orElse(null));
  }

  private DnsRequest request(MonolithWorker worker, MonolithWorkerObservation seen) {
    var spec = worker.getSpec();
    return new DnsRequest(
        worker.getMetadata().getName(),
        worker.getMetadata().getNamespace(),
        spec.dns(),
        spec.template(),
        MonolithWorkerResources.program(spec),
        cluster,
        seen.userConfigMaps());
  }

  /** A worker that is being deleted: a child made now would only be deleted again. */
  private static Plan<MonolithWorkerStatus> asItIs(MonolithWorker worker, Instant now) {
    var status =
        Objects.requireNonNullElseGet(
            worker.getStatus(),
            () -> WorkerStatus.of(worker, null, null, PodPlan.Said.before(worker), List.of(), now));
    return new Plan<>(List.of(), List.of(), List.of(), status, List.of(), NORMAL);
  }

  private Plan<MonolithWorkerStatus> carriedOut(
      MonolithWorker worker,
      MonolithWorkerObservation seen,
      Adoption adoption,
      Rollout rollout,
      PodPlan pods,
      Instant now) {
    var restart = RestartChildren.of(worker, seen.restart(), adoption.target(), image);
    var readiness = readiness(worker, seen, adoption.target(), rollout);
    Duration untold = isBeingCreated(worker, adoption) ? readiness.untold(now) : Duration.ZERO;
    if (untold.isPositive()) {
      readiness = readiness(worker, seen, null, rollout);
    }
    var apply = new ArrayList<HasMetadata>();
    pods.configMaps().forEach(c -> apply.add(MonolithWorkerResources.configMap(worker, c)));
    apply.add(rollout.desired());
    apply.addAll(restart.apply());
    // the ConfigMaps come first: a pod that names a missing one does not start
    var status = status(worker, seen, adoption, rollout, pods, readiness, restart, now);
    var delete = new ArrayList<>(OwnConfigMaps.obsolete(worker, seen, apply, readiness));
    delete.addAll(restart.delete());
    var events = new ArrayList<>(events(worker, adoption, rollout));
    events.addAll(WorkerEvents.of(worker, status, pods.dns().findings()));
    return new Plan<>(
        rollout.transfer() == null ? List.of() : List.of(rollout.transfer()),
        apply,
        delete,
        status,
        events,
        sooner(untold, restart.isBlocked() ? UNWATCHED : requeue(worker)));
  }

  private static Duration sooner(Duration untold, Duration next) {
    return untold.isPositive() && untold.compareTo(next) < 0 ? untold : next;
  }

  /** Whether the last that was said of the Deployment is that it is being created. */
  private static boolean isBeingCreated(MonolithWorker worker, Adoption adoption) {
    boolean ours = adoption instanceof Adoption.Ours it && !WorkerConditions.wasTaken(it.live());
    return ours && saidNothingElse(worker);
  }

  private static boolean saidNothingElse(MonolithWorker worker) {
    var said = worker.getStatus();
    if (said == null || said.deployment() == null) {
      return true;
    }
    boolean rollingOut =
        WorkerConditions.current(worker, Conditions.READY)
            .filter(ready -> Readiness.ROLLING_OUT.equals(ready.getReason()))
            .isPresent();
    return rollingOut && Objects.requireNonNullElse(said.replicas(), 0) == 0;
  }

  private static Readiness readiness(
      MonolithWorker worker,
      MonolithWorkerObservation seen,
      @Nullable Deployment live,
      Rollout rollout) {
    var managedBy = rollout.managedBy();
    int wanted =
        managedBy != null && live != null
            ? Objects.requireNonNullElse(live.getSpec().getReplicas(), 1)
            : MonolithWorkerResources.podCount(worker.getSpec());
    return new Readiness(
        MonolithWorkerResources.deploymentName(worker),
        live,
        wanted,
        rollout.diff().touchesSpec(),
        managedBy == null ? null : managedBy.manager(),
        WorkerConditions.current(worker, Conditions.READY).orElse(null),
        Consumers.of(worker, seen.pods()).map(Consumers::whyPodsWait).orElse(""));
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
      MonolithWorkerObservation seen,
      Adoption adoption,
      Rollout rollout,
      PodPlan pods,
      Readiness readiness,
      RestartChildren restart,
      Instant now) {
    Deployment live = Objects.requireNonNullElse(readiness.live(), rollout.desired());
    Condition ready = readiness.condition(worker.getMetadata().getGeneration());
    var conditions =
        WorkerStatus.conditions(
            worker,
            live,
            ready,
            List.of(
                WorkerConditions.adopted(worker, adoption, rollout.diff()),
                WorkerConditions.dnsSafe(worker, pods.dns()),
                WorkerConditions.drainable(worker, seen),
                WorkerConditions.drainBudget(worker, pods.drain()),
                Optional.ofNullable(restart.condition())));
    return WorkerStatus.of(
        worker, live, rollout.managedBy(), pods.said().with(restart.status()), conditions, now);
  }

  /** Time until the next pass of a worker whose Deployment is its own. */
  static Duration requeue(MonolithWorker worker) {
    return FileConfigMaps.named(worker.getSpec().dns()).isEmpty() ? NORMAL : UNWATCHED;
  }
}
