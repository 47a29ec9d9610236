package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus.ReplicasManagedBy;
import dev.monolift.dns.DnsResult.Finding;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events about transitions. They are told by comparing the current status with the new one, so a
 * pass that crashed before its status was written plans the same events again, with the same
 * occurrence.
 */
final class WorkerEvents {
  /** Reasons of Ready that are part of normal life. */
  private static final Set<String> NORMAL =
      Set.of(
          Readiness.RUNNING,
          Readiness.SCALED_TO_ZERO,
          Readiness.ROLLING_OUT,
          Readiness.WAITING_FOR_START);

  /** Their messages have numbers of pods, which move on while the event is written. */
  private static final Set<String> COUNTING =
      Set.of(
          Readiness.RUNNING,
          Readiness.SCALED_TO_ZERO,
          Readiness.ROLLING_OUT,
          Readiness.PODS_NOT_READY,
          "ProgressDeadlineExceeded",
          "PodsCannotBeCreated",
          "Paused");

  private static final int LONGEST = 1000;

  private final MonolithWorker worker;
  private final MonolithWorkerStatus next;
  private final List<PlannedEvent> events = new ArrayList<>();

  private WorkerEvents(MonolithWorker worker, MonolithWorkerStatus next) {
    this.worker = worker;
    this.next = next;
  }

  /**
   * Events of a pass.
   *
   * @param worker the worker with its current status
   * @param next its next status
   * @param findings what the DNS engine found
   * @return events, in the order in which things happened
   */
  static List<PlannedEvent> of(
      MonolithWorker worker, MonolithWorkerStatus next, List<Finding> findings) {
    var events = new WorkerEvents(worker, next);
    events.deployment();
    events.replicas();
    events.dns(findings);
    events.ready();
    return List.copyOf(events.events);
  }

  private void deployment() {
    var before = WorkerConditions.current(worker, WorkerConditions.ADOPTED);
    var after = Conditions.find(next.conditions(), WorkerConditions.ADOPTED).filter(this::holds);
    String known = worker.getStatus() == null ? null : worker.getStatus().deployment();
    if (after.isPresent()) {
      if (before.filter(this::holds).isEmpty()) {
        add(PlannedEvent.Type.Normal, "Adopted", after.get().getMessage(), generation());
      }
    } else if (known == null && next.deployment() != null) {
      add(
          PlannedEvent.Type.Normal,
          "Created",
          "Created Deployment " + next.deployment() + ".",
          "first");
    }
  }

  /** The Deployment that was there is gone and is made anew. */
  static PlannedEvent createdAgain(MonolithWorker worker, String name) {
    return new PlannedEvent(
        PlannedEvent.Type.Warning,
        "CreatedAgain",
        "Deployment "
            + name
            + " was deleted by somebody and is created again. To stop the worker, scale it to zero"
            + " or delete the MonolithWorker.",
        "after " + since(WorkerConditions.current(worker, Conditions.READY).orElse(null)));
  }

  private void replicas() {
    ReplicasManagedBy before =
        worker.getStatus() == null ? null : worker.getStatus().replicasManagedBy();
    ReplicasManagedBy after = next.replicasManagedBy();
    if (after != null && (before == null || !before.manager().equals(after.manager()))) {
      add(
          PlannedEvent.Type.Normal,
          "ReplicasHandedOver",
          after.manager()
              + " sets the number of pods on the Deployment; spec.replicas is left alone until it"
              + " is changed. An autoscaler should target the MonolithWorker instead.",
          generation());
    } else if (before != null && after == null) {
      add(
          PlannedEvent.Type.Normal,
          "ReplicasTakenBack",
          "The number of pods is taken from spec.replicas again.",
          generation());
    }
  }

  private void dns(List<Finding> findings) {
    String before =
        WorkerConditions.current(worker, WorkerConditions.DNS_SAFE)
            .map(Condition::getMessage)
            .orElse("");
    String after =
        Conditions.find(next.conditions(), WorkerConditions.DNS_SAFE)
            .map(Condition::getMessage)
            .orElse("");
    for (Finding finding : findings) {
      // a message that was too long to hold every finding is compared as a whole
      if (!before.contains(finding.message()) && !before.equals(after)) {
        add(PlannedEvent.Type.Warning, finding.reason(), finding.message(), generation());
      }
    }
  }

  private void ready() {
    Optional<Condition> before = WorkerConditions.current(worker, Conditions.READY);
    Optional<Condition> after = Conditions.find(next.conditions(), Conditions.READY);
    if (after.isEmpty() || !isTransition(before.orElse(null), after.get())) {
      return;
    }
    String reason = after.get().getReason();
    events.add(
        new PlannedEvent(
            NORMAL.contains(reason) ? PlannedEvent.Type.Normal : PlannedEvent.Type.Warning,
            holds(after.get()) && !reason.equals(Readiness.SCALED_TO_ZERO) ? "Ready" : reason,
            bounded(after.get().getMessage()),
            generation() + " after " + since(before.orElse(null)),
            COUNTING.contains(reason)));
  }

  /**
   * Reasons change while pods come and go; an event is for what a person wants to know. A rollout
   * or pods that are not ready yet are no news while Ready was false already, nor are new pods
   * after scaling up.
   */
  private boolean isTransition(@Nullable Condition before, Condition after) {
    String reason = after.getReason();
    boolean sameReason = before != null && reason.equals(before.getReason());
    boolean wasReady = before != null && holds(before);
    return switch (reason) {
      case Readiness.RUNNING, Readiness.SCALED_TO_ZERO -> !sameReason;
      case Readiness.ROLLING_OUT -> wasReady;
      // the condition ConsumersBounded has its own event for pods that wait
      case Readiness.WAITING_FOR_START -> false;
      case Readiness.PODS_NOT_READY -> wasReady && !isScalingUp();
      case "ProgressDeadlineExceeded", "PodsCannotBeCreated", "Paused" -> !sameReason;
      default -> before == null || !sameReason || !after.getMessage().equals(before.getMessage());
    };
  }

  private boolean isScalingUp() {
    int before = count(worker.getStatus() == null ? null : worker.getStatus().replicas());
    return count(next.replicas()) > before;
  }

  private static int count(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  private boolean holds(Condition condition) {
    return "True".equals(condition.getStatus());
  }

  private String generation() {
    return "generation " + Objects.requireNonNullElse(worker.getMetadata().getGeneration(), 0L);
  }

  private static String since(@Nullable Condition condition) {
    return condition == null || condition.getLastTransitionTime() == null
        ? "nothing"
        : condition.getLastTransitionTime();
  }

  private void add(PlannedEvent.Type type, String reason, String message, String occurrence) {
    events.add(new PlannedEvent(type, reason, bounded(message), occurrence));
  }

  private static String bounded(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST - 3) + "...";
  }
}
