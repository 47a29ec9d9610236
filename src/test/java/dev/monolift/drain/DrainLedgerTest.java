package dev.monolift.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.DrainStatus.Ended;
import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrainLedgerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static final WorkerPod RUNNING = WorkerPod.running("a");
  private static final WorkerPod ASKED = RUNNING.deleted(NOW, 30);
  private static final WorkerPod ENDED = ASKED.ended("Completed", 0, NOW.plusSeconds(3), null);

  @Test
  void aPodIsKnownOnceItRunsAndCountedOnceItEnded() {
    var known = status(next(null, List.of(RUNNING), List.of()));
    assertThat(known.pods()).containsExactly("a");

    assertThat(next(known, List.of(ASKED), List.of()).status()).isSameAs(known);

    var step = next(known, List.of(ENDED), List.of());
    var counted = status(step);
    assertThat(step.ended()).extracting(Ended::verdict).containsExactly(Verdict.Clean);
    assertThat(counted.pods()).isEmpty();
    assertThat(counted.counted()).containsExactly("a");
    assertThat(Objects.requireNonNull(counted.totals()).clean()).isEqualTo(1);
    assertThat(Objects.requireNonNull(counted.last()).getFirst())
        .satisfies(
            end -> {
              assertThat(end.seconds()).isEqualTo(3);
              assertThat(end.exitCode()).isZero();
              assertThat(end.finishedAt()).isEqualTo("2026-03-01T10:00:03Z");
            });

    assertThat(next(counted, List.of(ENDED), List.of()).status()).isSameAs(counted);
    assertThat(next(counted, List.of(), List.of(ENDED)).status()).isSameAs(counted);
    assertThat(next(counted, List.of(), List.of()).status()).isSameAs(counted);
  }

  @Test
  void aNameLeavesCountedWithTheNextWriteAfterItsPod() {
    var counted = status(next(null, List.of(ENDED), List.of()));
    var other = WorkerPod.running("b");

    assertThat(status(next(counted, List.of(other), List.of(ENDED))).counted())
        .containsExactly("a");
    var later = forgotten(counted);
    assertThat(status(next(later, List.of(other), List.of())).counted()).isEmpty();
  }

  /** Eleven more have ended since, so that nothing but counted remembers a. */
  private static DrainStatus forgotten(DrainStatus counted) {
    return new DrainStatus(counted.totals(), List.of(), null, List.of(), counted.counted());
  }

  @Test
  void aPodThatIsGoneCountsByItsLastStateElseAsUnknown() {
    var known = status(next(null, List.of(RUNNING), List.of()));

    assertThat(next(known, List.of(), List.of(ENDED)).ended())
        .extracting(Ended::verdict)
        .containsExactly(Verdict.Clean);
    assertThat(next(known, List.of(), List.of(RUNNING.deleted(NOW, 0))).ended())
        .extracting(Ended::reason)
        .containsExactly("ForceDeleted");
    assertThat(next(known, List.of(), List.of()).ended())
        .extracting(Ended::reason)
        .containsExactly("NotSeen");
  }

  @Test
  void aLastStateThatComesLateIsNotCountedAgain() {
    var known = status(next(null, List.of(RUNNING), List.of()));
    var missed = status(next(known, List.of(), List.of()));

    assertThat(next(missed, List.of(), List.of(ENDED)).status()).isSameAs(missed);
    var cleared = forgotten(missed);
    assertThat(next(cleared, List.of(), List.of(ENDED)).status()).isSameAs(cleared);
  }

  @Test
  void aPodThatNeverRanCountsWhenItsEndIsSeenOnly() {
    var pending = WorkerPod.pending("a");
    assertThat(next(null, List.of(pending), List.of()).status()).isNull();
    assertThat(next(null, List.of(), List.of()).status()).isNull();
    assertThat(next(null, List.of(), List.of(pending.deleted(NOW, 0))).ended())
        .extracting(Ended::verdict)
        .containsExactly(Verdict.NeverStarted);
    assertThat(
            next(null, List.of(pending.deleted(NOW, 30).phase("Failed", null)), List.of()).ended())
        .extracting(Ended::verdict)
        .containsExactly(Verdict.NeverStarted);
  }

  @Test
  void whatLayAroundBeforeTheFirstPassIsNoNews() {
    var leftover = RUNNING.phase("Failed", "Evicted").ended("Error", 137, NOW, null);

    var first = next(null, List.of(leftover), List.of());
    assertThat(first.ended()).isEmpty();
    assertThat(status(first).counted()).containsExactly("a");
    assertThat(next(status(first), List.of(leftover), List.of()).status()).isSameAs(first.status());

    var known = status(next(null, List.of(RUNNING), List.of()));
    assertThat(next(known, List.of(leftover), List.of()).ended())
        .extracting(Ended::reason)
        .containsExactly("EvictedByNode");
  }

  @Test
  void aHoldGoesAfterTheVerdictIsWritten() {
    var known = status(next(null, List.of(RUNNING.held()), List.of()));

    var counting = next(known, List.of(ENDED.held()), List.of());
    assertThat(counting.release()).isEmpty();
    assertThat(counting.recheckAt()).isEqualTo(NOW);

    var written = next(status(counting), List.of(ENDED.held()), List.of());
    assertThat(written.release()).containsExactly("a");
    assertThat(written.recheckAt()).isNull();
    assertThat(written.status()).isSameAs(counting.status());
  }

  @Test
  void noHoldIsForEver() {
    var known = status(next(null, List.of(RUNNING.held()), List.of()));
    var silent = RUNNING.held().deleted(NOW, 0);

    var waiting = next(known, List.of(silent), List.of());
    assertThat(waiting.ended()).isEmpty();
    assertThat(waiting.recheckAt()).isEqualTo(NOW.plusSeconds(60));

    var over = at(NOW.plusSeconds(60), known, List.of(silent), List.of());
    assertThat(over.ended()).extracting(Ended::reason).containsExactly("ForceDeleted");
    assertThat(at(NOW.plusSeconds(61), status(over), List.of(silent), List.of()).release())
        .containsExactly("a");
  }

  @Test
  void aHoldGoesEvenWhenTheBooksAreFull() {
    var names = IntStream.range(0, DrainLedger.MOST_NAMES).mapToObj(i -> "old-" + i).toList();
    var full = new DrainStatus(null, null, null, List.of(), names);
    var pods = new ArrayList<>(names.stream().map(WorkerPod::running).toList());
    pods.add(ENDED.held());

    var waiting = next(full, pods, List.of());
    assertThat(waiting.ended()).isEmpty();
    assertThat(waiting.release()).isEmpty();
    assertThat(status(waiting).pods()).containsExactly("a");
    assertThat(at(NOW.plusSeconds(60), full, pods, List.of()).release()).containsExactly("a");
  }

  @Test
  void theLastTenNewestFirst() {
    var pods =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    WorkerPod.running("p" + i)
                        .deleted(NOW, 30)
                        .ended("Completed", 0, NOW.plusSeconds(20 - i), null))
            .toList();
    var step = next(null, pods, List.of());

    assertThat(step.ended()).hasSize(12);
    assertThat(step.ended().getFirst().pod()).isEqualTo("p11");
    assertThat(status(step).last()).hasSize(10);
    assertThat(Objects.requireNonNull(status(step).last()).getFirst().pod()).isEqualTo("p0");
  }

  @Test
  void restartsInPlaceAddUp() {
    var report =
        "{\"monolift\":1,\"role\":\"Wrap\",\"state\":\"Ended\",\"exit\":0,\"restarts\":40}";
    var first = next(null, List.of(ASKED.ended("Completed", 0, NOW, report)), List.of());
    var other = WorkerPod.running("b").deleted(NOW, 30).ended("Completed", 0, NOW, report);

    assertThat(status(first).inPlaceRestarts()).isEqualTo(40);
    assertThat(status(next(status(first), List.of(other), List.of())).inPlaceRestarts())
        .isEqualTo(80);
  }

  @Test
  void theNamesAreBounded() {
    var pods = IntStream.range(0, 1200).mapToObj(i -> WorkerPod.running("p" + i)).toList();
    var known = status(next(null, pods, List.of()));
    assertThat(known.pods()).hasSize(DrainLedger.MOST_NAMES);

    var gone = status(next(known, List.of(), List.of()));
    assertThat(gone.counted()).hasSize(DrainLedger.MOST_NAMES);
    assertThat(Objects.requireNonNull(gone.totals()).unknown()).isEqualTo(1000);
  }

  private static DrainStep next(
      @Nullable DrainStatus previous, List<WorkerPod> pods, List<WorkerPod> gone) {
    return at(NOW, previous, pods, gone);
  }

  private static DrainStep at(
      Instant now, @Nullable DrainStatus previous, List<WorkerPod> pods, List<WorkerPod> gone) {
    return DrainLedger.next(
        previous,
        new DrainView(
            WorkerPod.CONTAINER,
            pods.stream().map(WorkerPod::pod).toList(),
            gone.stream().map(WorkerPod::pod).toList(),
            null,
            List.of()),
        now);
  }

  private static DrainStatus status(DrainStep step) {
    return Objects.requireNonNull(step.status());
  }
}
