package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.plan.ChildNames;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Conditions.Status;
import dev.monolift.plan.GatePod;
import dev.monolift.plan.GatedPods;
import dev.monolift.plan.Labels;
import dev.monolift.plan.Plan;
import dev.monolift.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bound on consumers. It holds whatever else a pass decides, also for a worker that is held:
 * pods come and go all the same.
 *
 * @param worker the worker with its current status
 * @param seen what was observed
 * @param now the time
 */
record ConsumerBound(MonolithWorker worker, MonolithWorkerObservation seen, Instant now) {
  static final String TYPE = "ConsumersBounded";
  static final String PODS_WAIT = "PodsWait";
  static final String ABOVE_MAX = "AboveMax";

  private static final int NAME_LIMIT = 253;

  /**
   * Adds it to a plan.
   *
   * @param plan the plan
   * @return the plan with the condition, its events, and the pods at the gate
   */
  Plan<MonolithWorkerStatus> addedTo(Plan<MonolithWorkerStatus> plan) {
    if (worker.getMetadata().getDeletionTimestamp() != null) {
      // its pods are about to go: none of them is started any more
      return plan;
    }
    var consumers = Consumers.of(worker, seen.pods());
    boolean held = plan.apply().isEmpty() && isUngated(seen.deployment());
    var wanted = consumers.map(c -> held ? notInEffect(c) : condition(c)).orElse(null);
    var events = new ArrayList<PlannedEvent>(plan.events());
    Optional.ofNullable(wanted).flatMap(this::event).ifPresent(events::add);
    return new Plan<>(
        plan.transfers(),
        plan.apply(),
        plan.delete(),
        gate(),
        status(plan.status(), wanted),
        events,
        plan.releases(),
        plan.counts(),
        plan.requeueAfter());
  }

  /** Without a bound only pods that are left from one concern the gate. */
  private @Nullable GatedPods gate() {
    Integer max = Consumers.max(worker.getSpec());
    if (max == null && seen.pods().stream().noneMatch(GatePod::isGated)) {
      return null;
    }
    var metadata = worker.getMetadata();
    return new GatedPods(
        metadata.getNamespace(),
        Labels.WORKER,
        metadata.getName(),
        max == null ? GatedPods.NO_BOUND : max,
        lease());
  }

  private ObjectMeta lease() {
    var metadata = worker.getMetadata();
    return new ObjectMetaBuilder()
        .withNamespace(metadata.getNamespace())
        .withName(ChildNames.child(metadata.getName(), "start", NAME_LIMIT))
        .addToLabels(Labels.MANAGED_BY, Labels.MONOLIFT)
        .addToLabels(Labels.WORKER, metadata.getName())
        .withOwnerReferences(MonolithWorkerResources.ownerReferences(worker))
        .build();
  }

  /** The Deployment's pods do not wait, because nothing could be applied since max was set. */
  private static boolean isUngated(@Nullable Deployment live) {
    return live != null
        && live.getSpec().getTemplate().getSpec().getSchedulingGates().stream()
            .noneMatch(gate -> Labels.START_GATE.equals(gate.getName()));
  }

  private Condition notInEffect(Consumers consumers) {
    return Conditions.of(
        TYPE,
        Status.False,
        "NotInEffect",
        "consumers.max is "
            + consumers.max()
            + ", but the pods of Deployment "
            + MonolithWorkerResources.deploymentName(worker)
            + " do not wait for their start yet: the condition Ready says what has to be put right"
            + " first.",
        worker.getMetadata().getGeneration());
  }

  private Condition condition(Consumers consumers) {
    String reason = reason(consumers);
    return Conditions.of(
        TYPE,
        reason.equals(ABOVE_MAX) ? Status.False : Status.True,
        reason,
        text(consumers, reason) + clamped(consumers.max()),
        worker.getMetadata().getGeneration());
  }

  private static String reason(Consumers consumers) {
    if (consumers.running() > consumers.max()) {
      return ABOVE_MAX;
    }
    if (consumers.waiting() > 0) {
      return PODS_WAIT;
    }
    return consumers.running() == consumers.max() ? "AtMax" : "BelowMax";
  }

  private static String text(Consumers consumers, String reason) {
    String waiting = consumers.waiting() == 0 ? "" : "; " + consumers.waitingText();
    if (!reason.equals(ABOVE_MAX)) {
      return consumers.runningText() + waiting + ".";
    }
    return consumers.running()
        + (consumers.running() == 1 ? " consumer runs" : " consumers run")
        + consumers.endingText()
        + waiting
        + ", but consumers.max is "
        + consumers.max()
        + ". No pod is killed for that: those that are too many end as their drain says, and none"
        + " starts until there is room.";
  }

  private String clamped(int max) {
    int replicas = MonolithWorkerResources.replicas(worker.getSpec());
    return replicas <= max
        ? ""
        : " spec.replicas is "
            + replicas
            + ", but the Deployment gets "
            + max
            + ": more pods would only wait.";
  }

  /** One per transition, not one per pod. */
  private Optional<PlannedEvent> event(Condition wanted) {
    String reason = wanted.getReason();
    var before = WorkerConditions.current(worker, TYPE);
    boolean isNews = reason.equals(PODS_WAIT) || reason.equals(ABOVE_MAX);
    if (!isNews || before.filter(c -> reason.equals(c.getReason())).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new PlannedEvent(
            reason.equals(ABOVE_MAX) ? PlannedEvent.Type.Warning : PlannedEvent.Type.Normal,
            reason.equals(ABOVE_MAX) ? "ConsumersAboveMax" : PODS_WAIT,
            wanted.getMessage(),
            "generation " + worker.getMetadata().getGeneration() + occurrence()));
  }

  /** Moves whenever a pod comes or goes, and stays the same when a pass is repeated. */
  private String occurrence() {
    return seen.pods().stream()
        .map(pod -> pod.getMetadata().getUid())
        .filter(Objects::nonNull)
        .sorted()
        .reduce("", (all, uid) -> all + " " + uid);
  }

  private MonolithWorkerStatus status(MonolithWorkerStatus status, @Nullable Condition wanted) {
    var current = Objects.requireNonNullElse(status.conditions(), List.<Condition>of());
    var conditions = new ArrayList<Condition>(current);
    conditions.removeIf(condition -> condition.getType().equals(TYPE));
    if (wanted != null) {
      var known = worker.getStatus() == null ? null : worker.getStatus().conditions();
      conditions.addAll(Conditions.merge(known, List.of(wanted), now));
    }
    return WorkerStatus.with(status, status.drains(), conditions);
  }
}
