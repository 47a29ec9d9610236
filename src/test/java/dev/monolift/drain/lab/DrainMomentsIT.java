package dev.monolift.drain.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import dev.monolift.drain.DrainReport;
import dev.monolift.proof.Proof;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Signals at every moment of a worker's life, under every shell. */
final class DrainMomentsIT {
  private static final List<String> SIGNALS = List.of("TERM", "QUIT", "WINCH", "INT");

  @TestFactory
  Stream<DynamicTest> everySignalThatImagesUseAsksToEndAndPhpGetsTheOneItWants() {
    var beside = new Beside();
    for (Shell shell : Shell.values()) {
      for (String received : SIGNALS) {
        for (String wanted : List.of("TERM", "INT", "QUIT", "HUP", "USR1", "USR2", "WINCH")) {
          if (Proof.isFull() || received.equals("TERM") || wanted.equals("TERM")) {
            beside.test(
                shell + ": " + received + " arrives, PHP wants " + wanted,
                () -> translates(shell, received, wanted));
          }
        }
      }
    }
    return beside.tests();
  }

  private static void translates(Shell shell, String received, String wanted) throws Exception {
    var setup =
        worker(shell, "async", "signals=" + wanted)
            .withStopSignal(received)
            .withFlags("--signal", wanted);
    try (var container = LabContainer.start(setup)) {
      var outcome = container.until(Notes::isInJob).stop();
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      assertThat(outcome.finding()).as(outcome::story).isNull();
      assertThat(outcome.exitCode()).as(outcome::story).isZero();
      assertThat(outcome.reported().received()).as(outcome::story).isEqualTo(received);
      assertThat(outcome.notes().count("signal " + wanted)).as(outcome::story).isOne();
    }
  }

  @TestFactory
  Stream<DynamicTest> aSignalIsNotLostInWhateverMomentItComes() {
    var beside = new Beside();
    for (Shell shell : Shell.values()) {
      for (Program role : List.of(Program.Wrap, Program.Hook)) {
        String who = shell + ", " + role + ": ";
        beside.test(who + "while PHP boots", () -> whileItBoots(shell, role));
        beside.test(who + "blocked in a socket", () -> blocked(shell, role, "wait=socket"));
        beside.test(who + "blocked in a query", () -> blockedInAQuery(shell, role));
        beside.test(who + "between jobs", () -> betweenJobs(shell, role));
        beside.test(who + "twice more", () -> twiceMore(shell, role));
      }
      beside.test(shell + ": before the child is up", () -> beforeTheChildIsUp(shell));
      beside.test(shell + ": after the end", () -> afterTheEnd(shell));
      beside.test(shell + ": with the end", () -> withTheEnd(shell));
    }
    return beside.tests();
  }

  private static void whileItBoots(Shell shell, Program role) throws Exception {
    var setup = as(role, worker(shell, "async", "boot=0.7"));
    try (var container = LabContainer.start(setup)) {
      var outcome = container.until(notes -> notes.count("boot") > 0).stop();
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      assertThat(outcome.finding()).as(outcome::story).isNull();
      assertThat(outcome.notes().count("signal TERM")).as(outcome::story).isOne();
    }
  }

  private static void blocked(Shell shell, Program role, String how) throws Exception {
    try (var container = LabContainer.start(as(role, worker(shell, "async", how)))) {
      ends(container.until(notes -> notes.count("ready") > 0));
    }
  }

  private static void blockedInAQuery(Shell shell, Program role) throws Exception {
    String socket = Database.INSTANCE.socket().toString();
    var setup = as(role, worker(shell, "async", "wait=mariadb", "socket=" + socket));
    try (var container = LabContainer.start(setup)) {
      ends(container.until(notes -> notes.count("ready") > 0));
    }
  }

  private static void betweenJobs(Shell shell, Program role) throws Exception {
    var setup = as(role, worker(shell, "async", "job=0.2", "gap=3"));
    Outcome outcome;
    int tries = 0;
    do { // on a busy machine the signal may come when the gap is over
      try (var container = LabContainer.start(setup)) {
        outcome = ends(container.until(notes -> notes.count("end") > 0));
        assertThat(outcome.jobsAfterTheSignal()).as(outcome::story).isZero();
      }
    } while (outcome.notes().count("start") > 1 && ++tries < 5);
    assertThat(outcome.notes().count("start")).as(outcome::story).isOne();
  }

  private static void twiceMore(Shell shell, Program role) throws Exception {
    try (var container = LabContainer.start(as(role, worker(shell, "async", "job=2")))) {
      var outcome = container.until(Notes::isInJob).stop(2);
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      assertThat(outcome.notes().count("signal")).as(outcome::story).isOne();
    }
  }

  private static void beforeTheChildIsUp(Shell shell) throws Exception {
    var random = new Random(4);
    for (int i = 0; i < (Proof.isFull() ? 25 : 5); i++) {
      try (var container = LabContainer.start(worker(shell, "async"))) {
        container.untilItCatches(15);
        Thread.sleep(random.nextInt(60));
        var outcome = container.stop();
        assertThat(outcome.isDrained()).as(outcome::story).isTrue();
        assertThat(outcome.reported().received()).as(outcome::story).isEqualTo("TERM");
      }
    }
  }

  private static void afterTheEnd(Shell shell) throws Exception {
    var random = new Random(4);
    for (int i = 0; i < (Proof.isFull() ? 25 : 3); i++) {
      var setup = worker(shell, "async", "job=0.1", "jobs=1", "exit=7");
      try (var container = LabContainer.start(setup)) {
        container.until(notes -> notes.count("stop") > 0);
        Thread.sleep(random.nextInt(20));
        var outcome = container.stop();
        if (!isLostByBash(shell, outcome)) {
          assertThat(outcome.exitCode()).as(outcome::story).isEqualTo(7);
          assertThat(outcome.reported().finding()).as(outcome::story).isNull();
        }
      }
    }
  }

  /** The program's end and the signal wait for the shell together. */
  private static void withTheEnd(Shell shell) throws Exception {
    var setup = worker(shell, "async", "job=1", "jobs=1", "exit=7");
    try (var container = LabContainer.start(setup)) {
      container.until(Notes::isInJob).freeze();
      await().atMost(Processes.PATIENCE).until(() -> container.zombies() == 1);
      var outcome = container.stop();
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      if (!isLostByBash(shell, outcome)) {
        assertThat(outcome.exitCode()).as(outcome::story).isEqualTo(7);
        assertThat(outcome.reported().finding()).as(outcome::story).isNull();
      }
    }
  }

  /** What bash has forgotten, as it may when both come together, is said to be unknown. */
  private static boolean isLostByBash(Shell shell, Outcome outcome) {
    return shell == Shell.BASH
        && DrainReport.EXIT_UNKNOWN.equals(outcome.reported().finding())
        && outcome.exitCode() == 0
        && outcome.verdict(8).verdict() == Verdict.Unknown;
  }

  private static Outcome ends(LabContainer container) throws Exception {
    var outcome = container.stop();
    assertThat(outcome.isDrained()).as(outcome::story).isTrue();
    assertThat(outcome.finding()).as(outcome::story).isNull();
    assertThat(outcome.notes().count("signal TERM")).as(outcome::story).isOne();
    assertThat(outcome.exitCode()).as(outcome::story).isZero();
    return outcome;
  }

  private static Setup worker(Shell shell, String... options) {
    return Setup.of(shell, Program.Wrap, "php", "@LAB/worker.php").withWords(options).withGrace(8);
  }

  private static Setup as(Program role, Setup setup) {
    return setup.withRole(role);
  }

  @AfterAll
  static void stopTheDatabase() throws Exception {
    Database.INSTANCE.close();
  }

  /** Started with the first query. */
  private static final class Database {
    static final MariaDb INSTANCE = start();

    private static MariaDb start() {
      try {
        return MariaDb.start();
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
