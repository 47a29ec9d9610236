package dev.monolift.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import dev.monolift.drain.DrainHistory.Trouble;
import dev.monolift.proof.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever happens to the pods and to the operator, the books are right. */
class DrainLedgerHistoriesTest {
  private static final int STEPS = 120;

  @Test
  void everyPodThatWasKnownIsCountedOnce() {
    int histories = Seeds.count(300);
    var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
    int pods = 0;
    for (int seed = 0; seed < histories; seed++) {
      var troubles = EnumSet.allOf(Trouble.class);
      troubles.remove(Trouble.HOLDS);
      var history = check(seed, troubles);
      pods += history.counts.size();
      history.ended.forEach(end -> verdicts.merge(end.verdict(), 1, Integer::sum));
    }
    assertThat(verdicts).containsKeys(Verdict.Unknown, Verdict.Clean, Verdict.NeverStarted);
    Proof.fact(
        Proof.Chapter.DRAIN,
        "every pod that was seen running gets exactly one verdict, across restarts of the operator,"
            + " missed ends and lost writes",
        histories + " histories (seeds from 0), " + pods + " pods: " + verdicts);
  }

  @Test
  void whoSeesEverythingHasNoUnknown() {
    for (int seed = 0; seed < Seeds.count(200); seed++) {
      assertNoUnknown(seed, check(seed, Set.of()));
      assertNoUnknown(seed, check(seed, Set.of(Trouble.LOST_WRITES)));
    }
  }

  @Test
  void heldPodsAreSeenWhateverTheOperatorMisses() {
    int histories = Seeds.count(200);
    int pods = 0;
    for (int seed = 0; seed < histories; seed++) {
      var history =
          check(
              seed,
              EnumSet.of(Trouble.HOLDS, Trouble.RESTARTS, Trouble.LOST_WRITES, Trouble.BLINKS));
      assertNoUnknown(seed, history);
      pods += history.counts.size();
    }
    Proof.fact(
        Proof.Chapter.DRAIN,
        "with holdPods no end is missed while the operator is away, and no pod stays",
        histories + " histories (seeds from 0), " + pods + " pods, 0 Unknown");
  }

  @Test
  void holdsEndAlsoWherePodsAreDeletedByForce() {
    for (int seed = 0; seed < Seeds.count(200); seed++) {
      check(seed, EnumSet.allOf(Trouble.class));
    }
  }

  private static DrainHistory check(int seed, Set<Trouble> troubles) {
    var history = new DrainHistory(seed, troubles).run(STEPS);
    assertThat(history.broken).as("seed %d with %s", seed, troubles).isEmpty();
    assertThat(history.counts.values()).as("seed %d: counts", seed).allMatch(count -> count == 1);
    assertThat(history.counts.keySet()).as("seed %d: known", seed).containsAll(history.known);
    assertThat(history.writes).as("seed %d", seed).isPositive();
    return history;
  }

  private static void assertNoUnknown(int seed, DrainHistory history) {
    assertThat(history.ended)
        .as("seed %d", seed)
        .noneMatch(end -> end.verdict() == Verdict.Unknown);
  }

  /** A rollout of 500 pods in one pass, the slowest thing that can come. */
  @Test
  void manyPodsAreQuick() {
    Instant now = Instant.parse("2026-03-01T10:00:00Z");
    var pods =
        IntStream.range(0, 500)
            .mapToObj(i -> WorkerPod.running("p" + i).deleted(now, 30))
            .map(pod -> pod.ended("Completed", 0, now.plusSeconds(3), null).pod())
            .toList();
    var view = new DrainView(WorkerPod.CONTAINER, pods, pods, null, List.of());
    long start = System.nanoTime();
    DrainStep step = DrainLedger.next(null, view, now);
    DrainStep again = DrainLedger.next(step.status(), view, now);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(step.ended()).hasSize(500);
    assertThat(again.status()).isSameAs(step.status());
  }
}
