package dev.monolift.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.proof.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever people, Kubernetes and dying operators do: there are never more consumers than allowed,
 * and in the end all that are wanted.
 */
class HistoriesIT {
  private static final int SMALL = 4;
  private static final int FULL = 20;
  private static final int SIDE_BY_SIDE = 5;

  @Test
  void neverTooManyAndInTheEndAll() throws InterruptedException, ExecutionException {
    var scenes = Scenes.open();
    var trials = new ArrayList<Trial>();
    try (var lanes = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
      List<Future<Trial>> running =
          seeds().mapToObj(seed -> lanes.submit(() -> Trial.of(History.of(seed), scenes))).toList();
      for (Future<Trial> trial : running) {
        trials.add(trial.get());
      }
    }
    assertThat(trials)
        .allSatisfy(
            trial -> {
              String history = trial.history().toString();
              assertThat(trial.verdict().findings()).as(history).isEmpty();
              assertThat(trial.unwitnessed()).as(history).isEmpty();
              assertThat(trial.missing()).as(history).isEmpty();
            });
    tell(trials);
  }

  /** A single history again: {@code -Dmonolift.history=17}. */
  private static LongStream seeds() {
    Long one = Long.getLong("monolift.history");
    return one != null
        ? LongStream.of(one)
        : LongStream.rangeClosed(1, Proof.isFull() ? FULL : SMALL);
  }

  private static void tell(List<Trial> trials) {
    var steps = new TreeMap<String, Integer>();
    trials.forEach(trial -> trial.steps().forEach((kind, n) -> steps.merge(kind, n, Integer::sum)));
    int openings = trials.stream().mapToInt(trial -> trial.verdict().openings().size()).sum();
    long full = trials.stream().filter(t -> t.verdict().most() >= t.history().max()).count();
    int terminating =
        trials.stream().mapToInt(trial -> trial.verdict().mostTerminating()).max().orElse(0);
    assertThat(openings).isGreaterThan(trials.size());
    assertThat(full).as("histories that reached their bound").isPositive();
    Proof.fact(
        Proof.Chapter.WORKER,
        "There are never more consumers than consumers.max, those that are terminating counted, and in the end all that are wanted.",
        "%d random histories (seeds 1 to %d), %d steps %s: %d gates opened, none too many; the bound was reached in %d; up to %d terminating at once"
            .formatted(
                trials.size(),
                trials.size(),
                steps.values().stream().mapToInt(n -> n).sum(),
                steps,
                openings,
                full,
                terminating));
  }
}
