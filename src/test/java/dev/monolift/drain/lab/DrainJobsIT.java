package dev.monolift.drain.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What jobs bring along: busy files, helpers, orphans, exit codes, company. */
final class DrainJobsIT {
  @TestFactory
  Stream<DynamicTest> jobsAndWhatTheyBringAlong() {
    var beside = new Beside();
    for (Shell shell : Shell.values()) {
      String who = shell + ": ";
      beside.test(who + "no handler, but a busy file", () -> noHandlerButABusyFile(shell));
      beside.test(who + "handler never run, but a busy file", () -> neverRunButABusyFile(shell));
      beside.test(who + "one job longer than the grace is no fault", () -> tooLong(shell));
      beside.test(who + "a busy file left behind is said", () -> busyFileLeftBehind(shell));
      beside.test(who + "a helper of a job gets no signal", () -> helper(shell, "helper"));
      beside.test(who + "an orphan of a job is waited for", () -> helper(shell, "orphan"));
      beside.test(who + "exit codes are kept", () -> exitCodes(shell));
      beside.test(who + "the worst exit code of two workers counts", () -> twoWorkers(shell));
      beside.test(who + "a loop starts no new job", () -> loop(shell));
      beside.test(who + "a loop that sleeps ends at once", () -> sleepingLoop(shell));
      beside.test(who + "a PHP filter at the end of a pipe", () -> phpFilter(shell));
      beside.test(who + "a pipe whose shell takes part", () -> groupInAPipe(shell));
      beside.test(who + "zombies are reaped", () -> zombies(shell));
      beside.test(who + "a daemon does not hold the end up", () -> daemon(shell));
      beside.test(who + "the user's own hook runs first", () -> ownHookFirst(shell));
      beside.test(who + "two workers in a Hook", () -> twoInAHook(shell));
    }
    return beside.tests();
  }

  private static void noHandlerButABusyFile(Shell shell) throws Exception {
    var outcome = stoppedInAJob(worker(shell, "none", "busy=@LAB/busy", "gap=0.2").withGrace(10));
    assertThat(outcome.isDrained()).as(outcome::story).isTrue();
    assertThat(outcome.finding()).as(outcome::story).isEqualTo("NoHandler");
    assertThat(outcome.exitCode()).as(outcome::story).isEqualTo(143);
    assertThat(outcome.reported().busy()).as(outcome::story).isFalse();
  }

  private static void neverRunButABusyFile(Shell shell) throws Exception {
    var outcome = stoppedInAJob(worker(shell, "late", "busy=@LAB/busy", "gap=0.3").withGrace(15));
    assertThat(outcome.isDrained()).as(outcome::story).isTrue();
    assertThat(outcome.finding()).as(outcome::story).isEqualTo("HandlerNotRun");
    assertThat(outcome.reported().busy()).as(outcome::story).isFalse();
  }

  private static void tooLong(Shell shell) throws Exception {
    var setup = worker(shell, "async", "busy=@LAB/busy", "job=30");
    try (var container = LabContainer.start(setup)) {
      var outcome = container.until(Notes::isInJob).stop();
      assertThat(outcome.wasKilled()).as(outcome::story).isTrue();
      assertThat(outcome.finding()).as(outcome::story).isNull();
      assertThat(outcome.reported().busy()).as(outcome::story).isTrue();
      assertThat(outcome.reported().state().name()).isEqualTo("Signalled");
    }
  }

  private static void busyFileLeftBehind(Shell shell) throws Exception {
    String crash = "touch @LAB/busy; echo start 1 0 >@LAB/jobs; exit 9";
    var setup = wrap(shell, "sh", "-c", crash).withFlags("--busy-file", "@LAB/busy");
    try (var container = LabContainer.start(setup)) {
      var outcome = container.untilEnd();
      assertThat(outcome.exitCode()).isEqualTo(9);
      assertThat(outcome.reported().busy()).as(outcome::story).isTrue();
      assertThat(outcome.reported().exit()).isEqualTo(9);
      assertThat(outcome.reported().received()).isNull();
    }
  }

  private static void helper(Shell shell, String kind) throws Exception {
    var setup = worker(shell, "async", "job=0.2", kind + "=2").withGrace(10);
    try (var container = LabContainer.start(setup)) {
      var outcome = container.until(notes -> notes.count("helper start") > 0).stop();
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      assertThat(outcome.notes().count("helper signal")).as(outcome::story).isZero();
      assertThat(outcome.notes().count("helper end"))
          .as(outcome::story)
          .isEqualTo(outcome.notes().count("helper start"));
      assertThat(outcome.reported().targetCount()).as(outcome::story).isOne();
    }
  }

  private static void exitCodes(Shell shell) throws Exception {
    for (int code : List.of(0, 3, 255)) {
      var direct = stoppedInAJob(worker(shell, "async", "exit=" + code));
      assertThat(direct.exitCode()).as(direct::story).isEqualTo(code);
      var below = stoppedInAJob(wrap(shell, "sh", "-c", "@WORKER async exit=" + code + "; true"));
      assertThat(below.exitCode()).as(below::story).isEqualTo(code);
      assertThat(below.reported().exit()).as(below::story).isEqualTo(code);
      var alone = worker(shell, "async", "jobs=1", "job=0.1", "exit=" + code);
      try (var container = LabContainer.start(alone)) {
        var outcome = container.untilEnd();
        assertThat(outcome.exitCode()).as(outcome::story).isEqualTo(code);
        assertThat(outcome.reported().exit()).as(outcome::story).isEqualTo(code);
      }
    }
  }

  private static void twoWorkers(Shell shell) throws Exception {
    String two = "@WORKER async job=1.5 & @WORKER async job=0.5 exit=4 & wait";
    var outcome = stoppedInAJob(wrap(shell, "sh", "-c", two));
    assertThat(outcome.isDrained()).as(outcome::story).isTrue();
    assertThat(outcome.exitCode()).as(outcome::story).isEqualTo(4);
    assertThat(outcome.reported().targets()).as(outcome::story).containsExactly("php", "php");
  }

  private static void loop(Shell shell) throws Exception {
    var outcome =
        stoppedInAJob(wrap(shell, "sh", "-c", "while true; do @WORKER async jobs=2; done"));
    assertThat(outcome.isDrained()).as(outcome::story).isTrue();
    assertThat(outcome.jobsAfterTheSignal()).as(outcome::story).isZero();
  }

  private static void sleepingLoop(Shell shell) throws Exception {
    String loop = "while true; do @WORKER async jobs=1 job=0.1; sleep 60; done";
    try (var container = LabContainer.start(wrap(shell, "sh", "-c", loop).withGrace(20))) {
      var outcome = container.until(notes -> notes.count("stop") > 0).stop();
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      assertThat(outcome.millis()).as(outcome::story).isLessThan(15_000);
      assertThat(outcome.finding()).as(outcome::story).isNull();
    }
  }

  private static void phpFilter(Shell shell) throws Exception {
    String pipe = "@WORKER async | php @LAB/filter.php >@LAB/log";
    try (var container = LabContainer.start(wrap(shell, "sh", "-c", pipe))) {
      var outcome = container.until(notes -> notes.count("end") > 0 && notes.isInJob()).stop();
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      assertThat(outcome.reported().targetCount()).as(outcome::story).isOne();
      assertThat(outcome.notes().count("filtered"))
          .as(outcome::story)
          .isEqualTo(outcome.notes().count("end"));
    }
  }

  private static void groupInAPipe(Shell shell) throws Exception {
    String pipe = "{ while true; do @WORKER async jobs=3; done; } | tee @LAB/log";
    var outcome = stoppedInAJob(wrap(shell, "sh", "-c", pipe));
    assertThat(outcome.isDrained()).as(outcome::story).isTrue();
    assertThat(outcome.reported().targetCount()).as(outcome::story).isOne();
    assertThat(outcome.finding()).as(outcome::story).isNull();
  }

  private static void zombies(Shell shell) throws Exception {
    String orphans = "for i in 1 2 3 4 5; do sh -c 'sleep 0.2 & :'; done; exec @WORKER async";
    try (var container = LabContainer.start(wrap(shell, "sh", "-c", orphans))) {
      container.until(notes -> notes.count("end") > 0);
      assertThat(container.zombies()).isZero();
      var outcome = container.stop();
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
    }
  }

  private static void daemon(Shell shell) throws Exception {
    var setup =
        wrap(
                shell,
                "sh",
                "-c",
                "cp /usr/bin/sleep @LAB/crond; setsid -f @LAB/crond 600; exec @WORKER async")
            .withGrace(20);
    var outcome = stoppedInAJob(setup);
    assertThat(outcome.isDrained()).as(outcome::story).isTrue();
    assertThat(outcome.finding()).as(outcome::story).isNull();
    assertThat(outcome.millis()).as(outcome::story).isLessThan(15_000);
  }

  private static void ownHookFirst(Shell shell) throws Exception {
    var setup =
        worker(shell, "async")
            .withRole(Program.Hook)
            .withPreStop("sh", "-c", "sleep 0.5; echo own hook >>@LAB/jobs");
    var outcome = stoppedInAJob(setup);
    assertThat(outcome.isDrained()).as(outcome::story).isTrue();
    var lines = outcome.notes().lines();
    assertThat(lines.indexOf("own hook")).as(outcome::story).isNotNegative();
    assertThat(lines.indexOf("own hook")).isLessThan(lines.indexOf("signal TERM"));
  }

  private static void twoInAHook(Shell shell) throws Exception {
    String two = "@WORKER async job=1.5 & @WORKER async job=0.5 & wait";
    var outcome = stoppedInAJob(wrap(shell, "sh", "-c", two).withRole(Program.Hook));
    assertThat(outcome.isDrained()).as(outcome::story).isTrue();
    assertThat(outcome.reported().targetCount()).as(outcome::story).isEqualTo(2);
  }

  private static Outcome stoppedInAJob(Setup setup) throws Exception {
    try (var container = LabContainer.start(setup)) {
      return container.until(notes -> notes.count("end ") > 0 && notes.isInJob()).stop();
    }
  }

  private static Setup worker(Shell shell, String... words) {
    var setup = wrap(shell, "php", "@LAB/worker.php").withWords(words);
    boolean hasBusyFile = List.of(words).contains("busy=@LAB/busy");
    return hasBusyFile ? setup.withFlags("--busy-file", "@LAB/busy") : setup;
  }

  private static Setup wrap(Shell shell, String... command) {
    return Setup.of(shell, Program.Wrap, command).withGrace(6);
  }
}
