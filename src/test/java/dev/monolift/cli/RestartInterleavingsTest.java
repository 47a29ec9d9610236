package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.proof.Proof;
import dev.monolift.restart.RestartSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many pods of one group, each the real program, in any order: with crashes at every point, pods
 * that are started again or twice, conflicts, deploys, rollouts that never end, and people who
 * clear.
 */
class RestartInterleavingsTest {
  private static final int NIGHTS = 2;

  private final Map<String, Integer> seen = new TreeMap<>();

  @Test
  void nobodyOversteps() {
    int count = Seeds.count(150);
    for (int seed = 0; seed < count; seed++) {
      try {
        new Night(new Random(seed)).run();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    assertThat(seen.keySet())
        .as("what has happened")
        .contains("Restarted", "Skipped", "Failed", "Stopped", "conflict", "crash", "clear");
    Proof.fact(
        Proof.Chapter.WORKER,
        "The daily restart never has more workers of a group at a time than allowed, restarts nobody"
            + " after a failure until a person clears it, and a Job never restarts twice.",
        count
            + " groups of up to 8 workers in random order, seeds 0 to "
            + (count - 1)
            + ": "
            + seen);
  }

  /** Some nights of one group. */
  private final class Night {
    private final Random random;
    private final List<String> workers;
    private final RestartRules rules;
    private final RestartRoom room;
    private final RestartSettings.Rules settings;
    private final List<SimulatedPod> pods = new ArrayList<>();
    private final Map<String, Integer> retries = new HashMap<>();
    private final Map<String, String> ends = new HashMap<>();
    private final boolean calm;

    Night(Random random) {
      this.random = random;
      int maxConcurrent = 1 + random.nextInt(3);
      this.workers = IntStream.range(0, 1 + random.nextInt(8)).mapToObj(i -> "w" + i).toList();
      this.rules = new RestartRules(maxConcurrent);
      this.room = new RestartRoom(random, rules, workers);
      this.calm = random.nextInt(4) == 0;
      this.settings =
          new RestartSettings.Rules(
              maxConcurrent,
              Duration.ofSeconds(random.nextBoolean() ? 0 : 3600),
              Duration.ofSeconds(120 + random.nextInt(1800)));
    }

    void run() {
      for (int night = 0; night < NIGHTS; night++) {
        for (String worker : workers) {
          String job = worker + "-" + night;
          room.later(random.nextInt(60), () -> start(worker, job));
          if (random.nextInt(6) == 0) {
            room.later(random.nextInt(300), () -> start(worker, job));
          }
          if (!calm && random.nextInt(5) == 0) {
            room.later(random.nextInt(600), () -> room.deploy(worker));
          }
        }
        untilMorning();
        room.advanceTo(room.now().plusSeconds(80_000));
        untilMorning();
        if (random.nextBoolean()) {
          room.clear();
          seen.merge("clear", 1, Integer::sum);
        }
      }
      ends.forEach((job, end) -> assertThat(rules.results()).as(end).containsKey(job));
      rules.results().values().forEach(this::count);
      seen.merge("conflict", rules.conflicts(), Integer::sum);
    }

    private void count(String result) {
      for (String outcome : List.of("Restarted", "Skipped", "Failed", "Stopped")) {
        if (result.contains("\"outcome\":\"" + outcome + "\"")) {
          seen.merge(outcome, 1, Integer::sum);
        }
      }
    }

    private void start(String worker, String job) {
      pods.add(new SimulatedPod(room, worker, job, settings));
    }

    private void untilMorning() {
      while (true) {
        List<SimulatedPod> ready =
            pods.stream().filter(pod -> !pod.wakeAt().isAfter(room.now())).toList();
        if (ready.isEmpty()) {
          Instant next = room.nextEvent();
          for (SimulatedPod pod : pods) {
            next = next == null || pod.wakeAt().isBefore(next) ? pod.wakeAt() : next;
          }
          if (next == null) {
            return;
          }
          room.advanceTo(next);
          continue;
        }
        step(ready.get(random.nextInt(ready.size())));
        room.advanceTo(room.now().plusMillis(random.nextInt(500)));
        if (!calm && random.nextInt(900) == 0) {
          room.clear();
        }
      }
    }

    private void step(SimulatedPod pod) {
      if (!calm && random.nextInt(40) == 0) {
        pod.kill();
        seen.merge("crash", 1, Integer::sum);
      } else {
        pod.step();
      }
      if (!pod.isOver()) {
        return;
      }
      pods.remove(pod);
      RestartRun.End end = pod.end();
      if (end != null) {
        String told = end.outcome() + " " + end.sentence();
        String before = ends.putIfAbsent(pod.job, told);
        assertThat(before == null ? told : before).as("pods of one Job").isEqualTo(told);
      } else if (retries.merge(pod.job, 1, Integer::sum) <= 3) {
        room.later(1 + random.nextInt(200), () -> start(pod.worker, pod.job));
      }
    }
  }
}
