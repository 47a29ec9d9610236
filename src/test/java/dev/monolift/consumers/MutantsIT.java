package dev.monolift.consumers;

import dev.monolift.proof.Proof;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A gate that is wrong in one place is found out, by the same checker, on the same cluster; and the
 * right one is not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutantsIT {
  private static final int MOST_HISTORIES = 5;
  private static final String PROMISE =
      "A start gate that is wrong in one place is found out by the checker.";

  private final Scenes scenes = Scenes.open();

  /** A pod is gone, another one is still terminating, and two wait. */
  @ParameterizedTest
  @EnumSource(names = {"NONE", "ALWAYS_OPEN", "TERMINATING_NOT_COUNTED"})
  void whoOpensForTerminatingPodsIsFoundOut(Mutant mutant) throws InterruptedException {
    try (var play = new Play(scenes)) {
      play.hire(mutant, list -> list);
      play.waitForPods(Fact.Pod::isRunning, Play.MAX);
      play.perform(new Step.Delete(2));
      play.waitForPods(Fact.Pod::isWaiting, 2);
      play.perform(new Step.End(1, Step.How.CLEAN));
      judge(play, mutant);
    }
  }

  /** Somebody starts a pod past the gate, and the cache has not heard of it. */
  @ParameterizedTest
  @EnumSource(names = {"NONE", "CACHED"})
  void whoAsksTheCacheIsFoundOut(Mutant mutant) throws InterruptedException {
    try (var play = new Play(scenes)) {
      play.hire(Mutant.NONE, list -> list);
      play.waitForPods(Fact.Pod::isRunning, Play.MAX);
      play.dismiss();
      play.perform(new Step.Delete(2));
      play.perform(new Step.End(2, Step.How.CLEAN));
      play.waitForPods(Fact.Pod::isWaiting, 2);
      play.hire(
          mutant, list -> new Meanwhile(list, play::startPastTheGate, mutant == Mutant.CACHED));
      judge(play, mutant);
    }
  }

  private static void judge(Play play, Mutant mutant) {
    if (mutant == Mutant.NONE) {
      play.awaitNothing();
    } else {
      Proof.fact(
          Proof.Chapter.WORKER,
          PROMISE,
          mutant.words() + ": " + play.awaitFinding() + "; in the same play the right gate is not");
    }
  }

  /** The random histories find them too, without being told where to look. */
  @ParameterizedTest
  @EnumSource(names = {"ALWAYS_OPEN", "TERMINATING_NOT_COUNTED"})
  void randomHistoriesFindThem(Mutant mutant) throws InterruptedException {
    for (int seed = 1; seed <= MOST_HISTORIES; seed++) {
      var trial = Trial.of(History.of(seed, History.Crew.ALONE), scenes, mutant);
      if (!trial.verdict().findings().isEmpty()) {
        Proof.fact(
            Proof.Chapter.WORKER,
            PROMISE,
            "%s: found by random history %d after %d steps and %d opened gates"
                .formatted(
                    mutant.words(),
                    seed,
                    trial.steps().values().stream().mapToInt(n -> n).sum(),
                    trial.verdict().openings().size()));
        return;
      }
    }
    throw new AssertionError(mutant + " was not found in " + MOST_HISTORIES + " histories");
  }
}
