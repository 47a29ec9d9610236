package dev.monolift.drain.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.proof.Proof;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Workers that exit on purpose are started again inside their container. */
final class RestartInPlaceIT {
  @TestFactory
  Stream<DynamicTest> workersThatExit() {
    var beside = new Beside();
    for (Shell shell : Shell.values()) {
      String who = shell + ": ";
      beside.test(who + "a clean exit is followed by the next start", () -> goesOn(shell));
      beside.test(who + "an early exit counts as failed, clean or not", () -> failsEarly(shell));
      beside.test(who + "a crash counts as failed, early or not", () -> crashes(shell));
      beside.test(who + "a signal ends the wait for the next start", () -> endsTheWait(shell));
      beside.test(who + "without the setting the container ends", () -> endsWithIt(shell));
    }
    return beside.tests();
  }

  private static void goesOn(Shell shell) throws Exception {
    try (var container = LabContainer.start(worker(shell, 0, 0, "jobs=1", "job=0.4"))) {
      var outcome = container.until(notes -> notes.count("boot") > 4 && notes.isInJob()).stop();
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      assertThat(outcome.exitCode()).as(outcome::story).isZero();
      assertThat((long) outcome.reported().restarts())
          .as(outcome::story)
          .isEqualTo(outcome.notes().count("boot") - 1);
      assertThat(outcome.finding()).as(outcome::story).isNull();
    }
  }

  private static void failsEarly(Shell shell) throws Exception {
    for (int code : List.of(0, 5)) {
      var setup = worker(shell, 60, 2, "jobs=1", "job=0.1", "exit=" + code);
      startsThreeTimes(setup, code);
    }
  }

  private static void crashes(Shell shell) throws Exception {
    startsThreeTimes(worker(shell, 0, 2, "jobs=1", "job=0.1", "exit=5"), 5);
  }

  /** One second before the second start, two before the third. */
  private static void startsThreeTimes(Setup setup, int code) throws Exception {
    long begin = System.currentTimeMillis();
    try (var container = LabContainer.start(setup)) {
      var outcome = container.untilEnd();
      assertThat(System.currentTimeMillis() - begin).isGreaterThanOrEqualTo(3000);
      assertThat(outcome.notes().count("boot")).as(outcome::story).isEqualTo(3);
      assertThat(outcome.exitCode()).as(outcome::story).isEqualTo(code);
      assertThat(outcome.finding()).as(outcome::story).isEqualTo("StartFailed");
      assertThat(outcome.reported().restarts()).as(outcome::story).isEqualTo(2);
    }
  }

  private static void endsTheWait(Shell shell) throws Exception {
    var setup = worker(shell, 60, 9, "jobs=1", "job=0.1", "exit=5").withGrace(20);
    try (var container = LabContainer.start(setup)) {
      var outcome = container.until(notes -> notes.count("stop") == 3).stop();
      assertThat(outcome.wasKilled()).as(outcome::story).isFalse();
      assertThat(outcome.exitCode()).as(outcome::story).isEqualTo(5);
      assertThat(outcome.notes().count("boot")).as(outcome::story).isEqualTo(3);
      assertThat(outcome.finding()).as(outcome::story).isNull();
    }
  }

  private static void endsWithIt(Shell shell) throws Exception {
    var setup =
        Setup.of(shell, Program.Wrap, "php", "@LAB/worker.php", "async", "jobs=1", "job=0.1");
    try (var container = LabContainer.start(setup)) {
      var outcome = container.untilEnd();
      assertThat(outcome.notes().count("boot")).as(outcome::story).isOne();
      assertThat(outcome.exitCode()).as(outcome::story).isZero();
      assertThat(outcome.reported().restarts()).as(outcome::story).isZero();
    }
  }

  /**
   * Measured is the time from one run's last job to the next run's first, with PHP's own start. The
   * hour is then reckoned for both, and kubelet's start of a container counted as nothing.
   */
  @TestFactory
  Stream<DynamicTest> aWorkerThatExitsEveryTwentySecondsKeepsItsThroughput() {
    var beside = new Beside();
    beside.test("an hour of runs of 20 s", RestartInPlaceIT::throughput);
    return beside.tests();
  }

  private static void throughput() throws Exception {
    double job = 0.5;
    int runs = Proof.isFull() ? 60 : 10;
    try (var container = LabContainer.start(worker(Shell.DASH, 0, 0, "jobs=1", "job=" + job))) {
      var outcome = container.until(notes -> notes.count("boot") > runs).stop();
      List<Double> starts =
          outcome.notes().lines().stream()
              .filter(line -> line.startsWith("start "))
              .map(line -> Double.parseDouble(line.split(" ", -1)[2]))
              .toList();
      double between = (starts.getLast() - starts.getFirst()) / (starts.size() - 1) - job;
      double inPlace = 20 / (20 + between);
      double kubelet = kubeletShare(20);
      assertThat(inPlace).as("%s s between runs", between).isGreaterThan(0.9);
      assertThat(kubelet).isLessThan(0.2);
      Proof.fact(
          Proof.Chapter.DRAIN,
          "A worker that exits every 20 s goes on working: started again in place",
          "%.1f %% of an hour at work (%.0f ms between two runs, measured over %d runs of %.1f s; the hour reckoned), against %.1f %% with kubelet's back-off of 10 s doubling to 300 s (simulated)"
              .formatted(inPlace * 100, between * 1000, starts.size(), job, kubelet * 100));
    }
  }

  /** Kubelet waits 10 s, twice as long each time up to 300 s; ten minutes of running forgive. */
  private static double kubeletShare(int run) {
    double at = 0;
    double worked = 0;
    double delay = 0;
    while (at < 3600) {
      worked += Math.min(run, 3600 - at);
      at += run + delay;
      delay = delay == 0 ? 10 : Math.min(300, delay * 2);
    }
    return worked / 3600;
  }

  private static Setup worker(Shell shell, int startSeconds, int retries, String... words) {
    return Setup.of(shell, Program.Wrap, "php", "@LAB/worker.php", "async")
        .withWords(words)
        .withGrace(8)
        .withFlags("--on-exit", "RestartInPlace")
        .withFlags("--start-seconds", "" + startSeconds, "--start-retries", "" + retries);
  }
}
