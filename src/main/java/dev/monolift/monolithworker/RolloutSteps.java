package dev.monolift.monolithworker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.fields.Json;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Plan;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first steps of a rollout share a write of the status. A Deployment's controller reports a
 * rollout in several steps, each of which says no more than that it is on its way, and most
 * rollouts are over before anybody has read them: with a thousand workers they were half of all
 * writes. How a rollout begins and how it ends is written at once, and so is everything that is not
 * a count: an obstacle, an event, a pod's verdict, a condition that changes.
 *
 * <p>Whether a rollout is young, the times in the status and in the pods say; so a restarted
 * operator decides the same.
 *
 * @param worker the worker with its current status
 * @param pods its pods that are there
 * @param now the time
 */
record RolloutSteps(MonolithWorker worker, List<Pod> pods, Instant now) {
  /** A person who waits for a rollout that takes longer than this wants to see how far it is. */
  static final Duration YOUNG = Duration.ofSeconds(10);

  /** As long as no pod is ready, there is less to see: that they start. */
  static final Duration NOTHING_READY = Duration.ofSeconds(60);

  /** A pod that has begun to run is in the books by then; mostly it is ready before. */
  static final Duration BEGUN = Duration.ofSeconds(5);

  private static final List<String> COUNTS =
      List.of("replicas", "updatedReplicas", "readyReplicas", "availableReplicas");

  private static final Set<String> MOVING =
      Set.of(Conditions.READY, WorkerConditions.AVAILABLE, WorkerConditions.PROGRESSING);

  /**
   * Keeps the current status in a plan whose status would only tell of a step.
   *
   * @param plan the plan
   * @return the plan, or one that writes no status now and comes back when the step is due
   */
  Plan<MonolithWorkerStatus> shared(Plan<MonolithWorkerStatus> plan) {
    MonolithWorkerStatus before = worker.getStatus();
    if (before == null
        || !plan.events().isEmpty()
        || !plan.counts().isEmpty()
        || !plan.releases().isEmpty()
        || before.equals(plan.status())
        || !isStep(before, plan.status())) {
      return plan;
    }
    Duration wait = untilDue(before, plan.status());
    return wait.isPositive() ? with(plan, before, wait) : plan;
  }

  private static Plan<MonolithWorkerStatus> with(
      Plan<MonolithWorkerStatus> plan, MonolithWorkerStatus status, Duration wait) {
    return new Plan<>(
        plan.transfers(),
        plan.apply(),
        plan.delete(),
        plan.gate(),
        status,
        plan.events(),
        plan.releases(),
        plan.counts(),
        wait.compareTo(plan.requeueAfter()) < 0 ? wait : plan.requeueAfter());
  }

  private Duration untilDue(MonolithWorkerStatus before, MonolithWorkerStatus after) {
    boolean nothingReady = ready(before) == 0 && ready(after) == 0;
    Duration counts = rest(since(before), nothingReady ? NOTHING_READY : YOUNG);
    return pods(after).stream()
        .filter(pod -> !pods(before).contains(pod))
        .map(pod -> rest(begun(pod), BEGUN))
        .reduce(counts, (a, b) -> a.compareTo(b) < 0 ? a : b);
  }

  /** A time that nobody knows, or of a clock that was ahead, must not hold anything. */
  private Duration rest(Optional<Instant> since, Duration span) {
    return since
        .filter(start -> !start.isAfter(now))
        .map(start -> Duration.between(now, start.plus(span)))
        .orElse(Duration.ZERO);
  }

  private Optional<Instant> begun(String pod) {
    return pods.stream()
        .filter(p -> p.getMetadata().getName().equals(pod) && p.getStatus() != null)
        .flatMap(p -> p.getStatus().getContainerStatuses().stream())
        .flatMap(c -> Stream.ofNullable(c.getState()))
        .flatMap(state -> Stream.ofNullable(state.getRunning()))
        .flatMap(running -> time(running.getStartedAt()).stream())
        .min(Comparator.naturalOrder());
  }

  private static Optional<Instant> since(MonolithWorkerStatus status) {
    return Conditions.find(status.conditions(), Conditions.READY)
        .flatMap(ready -> time(ready.getLastTransitionTime()));
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int ready(MonolithWorkerStatus status) {
    return status.readyReplicas() == null ? 0 : status.readyReplicas();
  }

  /** Whether both speak of the same rollout, and only of how far it is. */
  private static boolean isStep(MonolithWorkerStatus before, MonolithWorkerStatus after) {
    return isRollingOut(before)
        && isRollingOut(after)
        && isSameOrNew(before, after, WorkerConditions.AVAILABLE)
        && isSameOrNew(before, after, WorkerConditions.PROGRESSING)
        && pods(after).containsAll(pods(before))
        && settled(before).equals(settled(after));
  }

  private static boolean isRollingOut(MonolithWorkerStatus status) {
    return Conditions.find(status.conditions(), Conditions.READY)
        .filter(ready -> Readiness.ROLLING_OUT.equals(ready.getReason()))
        .isPresent();
  }

  /** A new Deployment has no conditions yet; one that changes its mind is news. */
  private static boolean isSameOrNew(
      MonolithWorkerStatus before, MonolithWorkerStatus after, String type) {
    var known = Conditions.find(before.conditions(), type).map(Condition::getStatus);
    var told = Conditions.find(after.conditions(), type).map(Condition::getStatus);
    return known.isEmpty() || known.equals(told);
  }

  private static List<String> pods(MonolithWorkerStatus status) {
    var drains = status.drains();
    return drains == null || drains.pods() == null ? List.of() : drains.pods();
  }

  /**
   * What a step does not change. That a pod runs is a step too; it is remembered for the case that
   * nobody sees its end: an operator that dies in these seconds, together with the pod, forgets one
   * more.
   */
  private static JsonNode settled(MonolithWorkerStatus status) {
    JsonNode tree = Json.tree(status);
    if (tree instanceof ObjectNode fields) {
      fields.remove(COUNTS);
      if (fields.get("drains") instanceof ObjectNode drains) {
        drains.remove("pods");
        if (drains.isEmpty()) {
          fields.remove("drains");
        }
      }
    }
    if (tree.get("conditions") instanceof ArrayNode conditions) {
      for (var i = conditions.iterator(); i.hasNext(); ) {
        if (MOVING.contains(i.next().path("type").asText())) {
          i.remove();
        }
      }
    }
    return tree;
  }
}
