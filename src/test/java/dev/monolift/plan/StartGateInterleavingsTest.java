package dev.monolift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.plan.GateModel.State;
import dev.monolift.plan.GateModel.Way;
import dev.monolift.proof.Proof;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two processes at one gate, step by step: whatever happens between any two requests, and wherever
 * a process dies, never more pods are alive than allowed.
 */
class StartGateInterleavingsTest {
  private static final int STEPS = 400;

  @Test
  void noOrderOfTheRequestsOfTwoProcessesOpensOneTooMany() {
    int states = 0;
    for (int max = 1; max <= 2; max++) {
      var model = new GateModel(new StartGate(), max, 2, Way.RIGHT);
      var found = explored(model, model.start(3), model::next);
      assertThat(found.worst()).as("most alive, of %d", max).isEqualTo(max);
      states += found.states();
    }
    Proof.fact(
        Proof.Chapter.WORKER,
        "Two operators that both believe to lead never start one consumer too many, whatever order their requests come in and wherever they die.",
        "all " + states + " states of two processes with three pods, bounds of 1 and 2");
  }

  @ParameterizedTest
  @EnumSource(value = Way.class, mode = EnumSource.Mode.EXCLUDE, names = "RIGHT")
  void aWrongOrderIsFound(Way way) {
    var model = new GateModel(new StartGate(), 1, 2, way);
    assertThat(explored(model, model.start(3), model::next).worst()).isGreaterThan(1);
  }

  @Test
  void aRecordThatIsDestroyedIsRebuiltFromThePods() {
    var model = new GateModel(new StartGate(), 1, 1, Way.RIGHT);
    Function<State, List<State>> next =
        state -> {
          var all = new ArrayList<>(model.next(state));
          if (state.version() < 6) {
            all.add(state.withRecord(Set.of()));
          }
          return all;
        };
    assertThat(explored(model, model.start(3), next).worst()).isEqualTo(1);
  }

  @Test
  void randomHistoriesOfThreeProcessesKeepTheBound() {
    int histories = Seeds.count(200);
    for (int seed = 0; seed < histories; seed++) {
      var random = new Random(seed);
      int max = 1 + random.nextInt(4);
      var model = new GateModel(new StartGate(), max, 3, Way.RIGHT);
      State state = model.start(8);
      for (int step = 0; step < STEPS; step++) {
        var next = model.next(state);
        state = next.get(random.nextInt(next.size()));
        assertThat(state.alive()).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(max);
      }
    }
  }

  /**
   * What was found.
   *
   * @param states number of different states
   * @param worst most pods that were alive
   */
  private record Found(int states, int worst) {}

  private static Found explored(
      GateModel model, State start, Function<State, List<State>> successors) {
    var known = new HashSet<State>(Set.of(start));
    var open = new ArrayDeque<State>(known);
    int worst = 0;
    while (!open.isEmpty()) {
      State state = open.pop();
      worst = Math.max(worst, state.alive());
      if (worst > model.max()) {
        break;
      }
      for (State next : successors.apply(state)) {
        if (known.add(next)) {
          open.push(next);
        }
      }
    }
    return new Found(known.size(), worst);
  }
}
