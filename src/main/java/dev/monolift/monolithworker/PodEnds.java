package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.drain.DrainEvents;
import dev.monolift.drain.DrainLedger;
import dev.monolift.drain.DrainStep;
import dev.monolift.drain.DrainView;
import dev.monolift.drain.DrainsClean;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Deleted;
import dev.monolift.plan.FinalizerRelease;
import dev.monolift.plan.Labels;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.Plan;
import dev.monolift.plan.PlannedCount;
import dev.monolift.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How pods ended. That is told whatever else a pass decides: also of a worker that is held or that
 * is being deleted.
 *
 * @param worker the worker with its current status
 * @param seen what was observed
 * @param now the time
 */
record PodEnds(MonolithWorker worker, MonolithWorkerObservation seen, Instant now) {
  private static final Duration SOON = Duration.ofSeconds(1);

  /**
   * Adds it to a plan.
   *
   * @param plan the plan
   * @return the plan with the drains in its status, their condition, events and counts, and with
   *     the pods that can go
   */
  Plan<MonolithWorkerStatus> addedTo(Plan<MonolithWorkerStatus> plan) {
    DrainStep step = DrainLedger.next(before(), view(), now);
    var events = new ArrayList<PlannedEvent>(plan.events());
    events.addAll(DrainEvents.of(step.ended()));
    return new Plan<>(
        plan.transfers(),
        plan.apply(),
        plan.delete(),
        status(plan.status(), step.status()),
        events,
        releases(step.release()),
        step.ended().stream()
            .map(end -> PlannedCount.drain(end.verdict().name(), end.cause().name()))
            .toList(),
        sooner(plan.requeueAfter(), step.recheckAt()));
  }

  private @Nullable DrainStatus before() {
    return worker.getStatus() == null ? null : worker.getStatus().drains();
  }

  private DrainView view() {
    return new DrainView(program(), seen.pods(), gone(), seen.deployment(), seen.replicaSets());
  }

  /** Also of a worker whose template is not fit to be applied. */
  private String program() {
    var spec = worker.getSpec();
    if (spec.container() != null) {
      return spec.container();
    }
    var template = spec.template();
    List<Container> containers =
        template == null || template.getSpec() == null
            ? List.of()
            : template.getSpec().getContainers();
    return containers.isEmpty() ? "" : containers.getFirst().getName();
  }

  /**
   * What went while another process led was that one's to count, unless the status says that it did
   * not come to it.
   */
  private List<Pod> gone() {
    var before = before();
    List<String> open = before == null || before.pods() == null ? List.of() : before.pods();
    return seen.deletedPods().stream()
        .filter(d -> d.whileLeading() || open.contains(d.last().getMetadata().getName()))
        .<Pod>map(Deleted::last)
        .toList();
  }

  private MonolithWorkerStatus status(MonolithWorkerStatus status, @Nullable DrainStatus drains) {
    var current = Objects.requireNonNullElse(status.conditions(), List.<Condition>of());
    var conditions = new ArrayList<Condition>(current);
    conditions.removeIf(condition -> condition.getType().equals(DrainsClean.TYPE));
    var known = worker.getStatus() == null ? null : worker.getStatus().conditions();
    DrainsClean.of(drains, status.observedGeneration())
        .ifPresent(
            condition -> conditions.addAll(Conditions.merge(known, List.of(condition), now)));
    return WorkerStatus.with(status, drains, conditions);
  }

  private List<FinalizerRelease> releases(List<String> names) {
    return seen.pods().stream()
        .filter(pod -> names.contains(pod.getMetadata().getName()))
        .map(pod -> new FinalizerRelease(ObjectRef.of(pod), Labels.DRAIN_VERDICT))
        .toList();
  }

  private Duration sooner(Duration normal, @Nullable Instant recheckAt) {
    return Optional.ofNullable(recheckAt)
        .map(at -> Duration.between(now, at))
        .map(wait -> wait.compareTo(SOON) < 0 ? SOON : wait)
        .filter(wait -> wait.compareTo(normal) < 0)
        .orElse(normal);
  }
}
