package dev.monolift.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.DrainStatus.Cause;
import dev.monolift.api.v1alpha1.DrainStatus.Ended;
import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import dev.monolift.plan.PlannedEvent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrainsCleanTest {

  @Test
  void nothingIsSaidBeforeAPodHasEnded() {
    assertThat(DrainsClean.of(null, 1L)).isEmpty();
    assertThat(DrainsClean.of(drains(), 1L)).isEmpty();
  }

  @Test
  void itHoldsWhileNoJobWasCut() {
    var condition =
        DrainsClean.of(
                drains(
                    ended("a", Verdict.Clean, "Completed"),
                    ended("b", Verdict.NeverStarted, "NeverStarted")),
                3L)
            .orElseThrow();

    assertThat(condition.getType()).isEqualTo("DrainsClean");
    assertThat(condition.getStatus()).isEqualTo("True");
    assertThat(condition.getReason()).isEqualTo("Clean");
    assertThat(condition.getMessage()).isEqualTo("No job was cut when the last 2 pods ended.");
    assertThat(condition.getObservedGeneration()).isEqualTo(3);
  }

  @Test
  void theWorstGivesTheReasonAndEveryReasonItsAdvice() {
    var condition =
        DrainsClean.of(
                drains(
                    ended("a", Verdict.Unknown, "NotSeen"),
                    ended("b", Verdict.Killed, "JobTooLong"),
                    ended("c", Verdict.Clean, "Completed"),
                    ended("d", Verdict.Cut, "NoHandler"),
                    ended("e", Verdict.Killed, "JobTooLong")),
                null)
            .orElseThrow();

    assertThat(condition.getStatus()).isEqualTo("False");
    assertThat(condition.getReason()).isEqualTo("NoHandler");
    assertThat(condition.getMessage())
        .isEqualTo(
            "Of the last 5 pods, 4 did not end clean. Cut (NoHandler): d. What to do about d."
                + " Killed (JobTooLong): b, e. What to do about b."
                + " Unknown (NotSeen): a. What to do about a.");
  }

  @Test
  void theMessageIsBounded() {
    var long700 =
        IntStream.range(0, 10)
            .mapToObj(i -> ended("pod-" + i, Verdict.Crashed, "R" + i, "x".repeat(700)))
            .toArray(Ended[]::new);

    assertThat(DrainsClean.of(drains(long700), 1L).orElseThrow().getMessage()).hasSize(2000);
    assertThat(DrainEvents.of(List.of(ended("p".repeat(253), Verdict.Cut, "R", "x".repeat(900)))))
        .allMatch(event -> event.message().length() == 1000);
  }

  @Test
  void everyVerdictHasItsEvent() {
    var ended =
        Arrays.stream(Verdict.values()).map(it -> ended("shop-" + it, it, "Reason")).toList();
    var events = DrainEvents.of(ended);

    assertThat(new HashSet<>(events.stream().map(PlannedEvent::occurrence).toList())).hasSize(8);
    assertThat(events.getFirst())
        .isEqualTo(
            new PlannedEvent(
                PlannedEvent.Type.Normal,
                "DrainClean",
                "Pod shop-Clean ended by scale-in: Clean (Reason). What to do about shop-Clean.",
                "end of pod shop-Clean",
                true));
    assertThat(events)
        .filteredOn(event -> event.type() == PlannedEvent.Type.Normal)
        .extracting(PlannedEvent::reason)
        .containsExactly("DrainClean", "DrainNeverStarted");
  }

  private static DrainStatus drains(Ended... last) {
    return new DrainStatus(null, List.of(last), null, null, null);
  }

  private static Ended ended(String pod, Verdict verdict, String reason) {
    return ended(pod, verdict, reason, "What to do about " + pod + ".");
  }

  private static Ended ended(String pod, Verdict verdict, String reason, String message) {
    return new Ended(pod, verdict, reason, Cause.ScaleIn, 1L, 0, message, "2026-03-01T10:00:00Z");
  }
}
