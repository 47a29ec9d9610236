package dev.monolift.consumers;

import static org.awaitility.Awaitility.await;

import dev.monolift.OperatorOptions.LeaderElection;
import dev.monolift.testcluster.TestCluster;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Lets a history happen and says what came out.
 *
 * @param history the history
 * @param verdict what the checker says
 * @param missing which place is free at the end that should not be; empty is well
 * @param unwitnessed openings that only one of watch and audit log knows
 * @param steps how many steps of each kind there were
 */
record Trial(
    History history,
    Checker.Verdict verdict,
    String missing,
    Set<Checker.Opening> unwitnessed,
    Map<String, Integer> steps) {
  /** Two operators at the gate come between each other when their writes are slow. */
  private static final int LONGEST_DELAY = 80;

  private static final int REST_MILLIS = 500;
  private static final int MOST_RESTS = 20;

  /** Lets it happen, from the first pod to the last, with the operator as it is shipped. */
  static Trial of(History history, Scenes scenes) throws InterruptedException {
    Scene scene = scenes.set();
    return of(history, scene, recruiting(history, scenes, scene), false);
  }

  /** Lets it happen with a mutant, until something is found. */
  static Trial of(History history, Scenes scenes, Mutant mutant) throws InterruptedException {
    Scene scene = scenes.set();
    IntFunction<Member> recruiting =
        _ -> {
          var wire = new Wire(0);
          return InThisProcess.start(
              mutant.operator(wire, list -> list),
              scenes.kubeconfig(),
              scene.namespace(),
              null,
              wire);
        };
    return of(history, scene, recruiting, true);
  }

  private static Trial of(
      History history, Scene scene, IntFunction<Member> recruiting, boolean untilFound)
      throws InterruptedException {
    var steps = new TreeMap<String, Integer>();
    try (var witness = new Witness(scene.api(), scene.namespace());
        var members = new Members(recruiting)) {
      scene.createWorker(history.replicas(), history.max());
      for (int slot = 0; slot < history.crew().size; slot++) {
        members.start(slot);
      }
      var hand = new Hand(scene, members, history);
      rest(witness);
      for (History.Move move : history.moves()) {
        hand.perform(move.step());
        steps.merge(move.step().getClass().getSimpleName(), 1, Integer::sum);
        switch (move.pause()) {
          case NONE -> {}
          case SHORT -> Thread.sleep(move.millis());
          case QUIET -> rest(witness);
        }
        if (untilFound && !Checker.read(witness.facts()).verdict().findings().isEmpty()) {
          break;
        }
      }
      String missing = untilFound ? "" : calm(witness, hand);
      var verdict = Checker.read(witness.facts()).verdict();
      return new Trial(history, verdict, missing, unwitnessed(verdict, scene), steps);
    } finally {
      scene.remove();
    }
  }

  private static IntFunction<Member> recruiting(History history, Scenes scenes, Scene scene) {
    var number = new AtomicInteger();
    String namespace = scene.namespace();
    int delay = history.crew() == History.Crew.TWINS ? LONGEST_DELAY : 0;
    return slot -> {
      String identity = Hand.identity(slot) + number.incrementAndGet();
      if (history.crew() == History.Crew.PROCESSES) {
        return InItsOwnProcess.start(scenes.kubeconfig(), namespace, identity);
      }
      var election =
          history.crew().election ? new LeaderElection(namespace, Hand.LEADER, identity) : null;
      return InThisProcess.start(scenes.kubeconfig(), namespace, election, new Wire(delay));
    };
  }

  /**
   * Until nothing has changed for a moment, or for some seconds: where an operator is missing, it
   * would be for ever. What comes next does not rely on it.
   */
  private static void rest(Witness witness) throws InterruptedException {
    int seen = -1;
    for (int i = 0; i < MOST_RESTS && seen != witness.facts().size(); i++) {
      seen = witness.facts().size();
      Thread.sleep(REST_MILLIS);
    }
  }

  /** Waits until everything is as it shall be, and stays so; otherwise says what is missing. */
  private static String calm(Witness witness, Hand hand) {
    hand.uncordonAll();
    var quiet = new AtomicInteger();
    try {
      await()
          .atMost(Scene.PATIENCE)
          .until(
              () -> {
                hand.calm();
                int facts = witness.facts().size();
                return quiet.getAndSet(facts) == facts
                    && witness.isComplete()
                    && Checker.read(witness.facts()).missing(hand.template()).isEmpty();
              });
      return "";
    } catch (ConditionTimeoutException e) {
      return Checker.read(witness.facts()).missing(hand.template());
    }
  }

  /**
   * What a watch saw and the audit log did not, or the other way round, is the test's own fault.
   */
  private static Set<Checker.Opening> unwitnessed(Checker.Verdict verdict, Scene scene) {
    var log = TestCluster.shared().auditLog().orElseThrow();
    var seen = Set.copyOf(verdict.openings());
    var difference = new HashSet<>(seen);
    Set<Checker.Opening> audited = Openings.read(log, scene.namespace());
    difference.removeAll(audited);
    audited.stream().filter(opening -> !seen.contains(opening)).forEach(difference::add);
    return difference;
  }
}
