package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.plan.PlannedEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes an event another event than the one that was told before a crash. */
class WorkerEventsTest {
  @ParameterizedTest
  @CsvSource({
    "True, RollingOut, False",
    "True, PodsNotReady, False",
    "False, Running, True",
    "False, ScaledToZero, True",
    "True, ProgressDeadlineExceeded, False",
    "True, PodsCannotBeCreated, False",
    "True, Paused, False"
  })
  void aTransitionIsToldOnceWhateverItsNumbers(String before, String reason, String after) {
    var first = only(event(before, reason, after, "0 of 3 pods have the newest template."));
    var second = only(event(before, reason, after, "2 of 3 pods have the newest template."));

    assertThat(first.once()).isTrue();
    assertThat(second.occurrence()).isEqualTo(first.occurrence());
    assertThat(second.reason()).isEqualTo(first.reason());
  }

  @Test
  void badInputIsToldAgainWhenItIsAnother() {
    assertThat(only(event("True", "UnknownContainer", "False", "There is no container a.")).once())
        .isFalse();
  }

  private static PlannedEvent only(List<PlannedEvent> events) {
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static List<PlannedEvent> event(
      String before, String reason, String after, String message) {
    MonolithWorker worker = worker("Before", before, "It was.");
    MonolithWorkerStatus next = worker(reason, after, message).getStatus();
    return WorkerEvents.of(worker, next, List.of());
  }

  private static MonolithWorker worker(String reason, String status, String message) {
    return GoldenCase.YAML.unmarshal(
        """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: mail, namespace: shop, generation: 4}
        spec: {replicas: 3, template: {}}
        status:
          deployment: mail
          replicas: 3
          conditions:
            - {type: Ready, status: "%s", reason: %s, message: "%s", lastTransitionTime: "2026-03-01T10:00:00Z"}
        """
            .formatted(status, reason, message),
        MonolithWorker.class);
  }
}
