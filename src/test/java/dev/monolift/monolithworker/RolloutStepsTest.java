package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Conditions.Status;
import dev.monolift.plan.Plan;
import dev.monolift.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of a young rollout is written, and what waits. */
class RolloutStepsTest {
  private static final Instant BEGAN = Instant.parse("2026-03-04T05:06:07Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final MonolithWorkerStatus begun = status(0, 0, "created", null, List.of());
  private final MonolithWorkerStatus starting =
      status(3, 0, "0 of 3", Status.False, List.of("a", "b"));
  private final MonolithWorkerStatus halfway = status(3, 2, "2 of 3", Status.False, List.of());

  @Test
  void aStepWaitsUntilTheRolloutIsNotYoungAnyMore() {
    Plan<MonolithWorkerStatus> plan = shared(begun, halfway, 4);

    assertThat(plan.status()).isEqualTo(begun);
    assertThat(plan.requeueAfter()).isEqualTo(Duration.ofSeconds(6));
    assertThat(shared(begun, halfway, 10).status()).isEqualTo(halfway);
  }

  @Test
  void aStepWithoutAReadyPodWaitsLonger() {
    var counted = status(3, 0, "0 of 3", Status.False, List.of());

    assertThat(shared(begun, counted, 59).status()).isEqualTo(begun);
    assertThat(shared(begun, counted, 60).status()).isEqualTo(counted);
  }

  @Test
  void aPodThatHasBegunIsInTheBooksSoon() {
    assertThat(shared(begun, starting, 40).status()).as("began when?").isEqualTo(starting);

    var pods = List.of(pod("a", 38), pod("b", 39));
    Plan<MonolithWorkerStatus> plan = shared(begun, starting, pods, 40);
    assertThat(plan.status()).isEqualTo(begun);
    assertThat(plan.requeueAfter()).as("5 s after the first").isEqualTo(Duration.ofSeconds(3));
    assertThat(shared(begun, starting, pods, 43).status()).isEqualTo(starting);
    assertThat(shared(begun, starting, List.of(pod("a", 41), pod("b", 39)), 40).status())
        .as("a clock that was ahead")
        .isEqualTo(starting);
  }

  @Test
  void theEndIsWrittenAtOnce() {
    var running = ready(status(3, 3, "3 of 3", Status.False, List.of()), "Running");

    assertThat(shared(begun, running, 1).status()).isEqualTo(running);
    assertThat(shared(running, begun, 1).status()).as("and the beginning").isEqualTo(begun);
  }

  @Test
  void anObstacleAChangeOfMindAndAnEndedPodAreWrittenAtOnce() {
    var obstacle = ready(starting, "PodsCannotBeCreated");
    var available = status(3, 2, "2 of 3", Status.True, List.of("a", "b"));
    var ended = status(3, 0, "0 of 3", Status.False, List.of("a"));

    assertThat(shared(starting, obstacle, 1).status()).isEqualTo(obstacle);
    assertThat(shared(starting, available, 1).status()).isEqualTo(available);
    assertThat(shared(starting, ended, 1).status()).isEqualTo(ended);
  }

  @Test
  void whatComesWithAnEventIsWrittenAtOnce() {
    var event = new PlannedEvent(PlannedEvent.Type.Normal, "Told", "Told.", "once");

    assertThat(
            new RolloutSteps(worker(begun), List.of(), BEGAN)
                .shared(new Plan<>(List.of(), List.of(), List.of(), halfway, List.of(event), HOUR))
                .status())
        .isEqualTo(halfway);
  }

  @Test
  void aClockThatWasAheadHoldsNothing() {
    assertThat(shared(begun, halfway, -1).status()).isEqualTo(halfway);
  }

  @Test
  void anEqualStatusNeedsNoOtherPass() {
    assertThat(shared(begun, begun, 1).requeueAfter()).isEqualTo(HOUR);
  }

  private static Plan<MonolithWorkerStatus> shared(
      MonolithWorkerStatus before, MonolithWorkerStatus after, long seconds) {
    return shared(before, after, List.of(), seconds);
  }

  private static Plan<MonolithWorkerStatus> shared(
      MonolithWorkerStatus before, MonolithWorkerStatus after, List<Pod> pods, long seconds) {
    return new RolloutSteps(worker(before), pods, BEGAN.plusSeconds(seconds))
        .shared(new Plan<>(List.of(), List.of(), List.of(), after, List.of(), HOUR));
  }

  private static Pod pod(String name, long seconds) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withNewState()
        .withNewRunning(BEGAN.plusSeconds(seconds).toString())
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static MonolithWorker worker(MonolithWorkerStatus status) {
    var worker = new MonolithWorker();
    worker.setStatus(status);
    return worker;
  }

  private static MonolithWorkerStatus status(
      int replicas, int ready, String message, @Nullable Status available, List<String> pods) {
    var conditions = new ArrayList<Condition>();
    conditions.add(Conditions.of("Ready", Status.False, "RollingOut", message, 1L));
    if (available != null) {
      conditions.add(Conditions.of("Available", available, "Any", "", 1L));
    }
    conditions.add(Conditions.of("Drainable", Status.True, "Wrapped", "", 1L));
    return new MonolithWorkerStatus(
        1L,
        "w",
        replicas,
        replicas,
        ready,
        ready,
        "a=b",
        null,
        null,
        null,
        null,
        pods.isEmpty() ? null : new DrainStatus(null, null, null, pods, List.of()),
        null,
        Conditions.merge(null, conditions, BEGAN));
  }

  private static MonolithWorkerStatus ready(MonolithWorkerStatus status, String reason) {
    var conditions = new ArrayList<>(status.conditions());
    conditions.set(
        0,
        Conditions.merge(null, List.of(Conditions.of("Ready", Status.False, reason, "", 1L)), BEGAN)
            .getFirst());
    return WorkerStatus.with(status, status.drains(), conditions);
  }
}
