package dev.monolift.drain.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import dev.monolift.proof.Proof;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every shape under every shell and in every role, stopped in the middle of a job of one second
 * with a grace of six.
 */
final class DrainShapesIT {
  private static final List<Seen> SEEN = Collections.synchronizedList(new ArrayList<>());

  private record Seen(Shape shape, Shell shell, Program role, Outcome outcome) {}

  @TestFactory
  Stream<DynamicTest> everyShapeDrainsOrIsReportedWithItsReason() {
    var beside = new Beside();
    for (Shape shape : Shape.values()) {
      for (Shell shell : Shell.values()) {
        for (Program role : List.of(Program.Wrap, Program.Hook)) {
          String sentence = shape.title + ", " + shell + ", " + role;
          beside.test(sentence, () -> drainsOrIsReported(shape, shell, role));
        }
      }
    }
    return beside.tests();
  }

  @TestFactory
  Stream<DynamicTest> withoutTheProgramTheBrokenShapesCutJobsAndTheGoodOnesDoNot() {
    var beside = new Beside();
    for (Shape shape : Shape.values()) {
      for (Shell shell : Proof.isFull() ? Shell.values() : new Shell[] {Shell.DASH}) {
        beside.test(shape.title + ", " + shell + ", None", () -> isBrokenOrGood(shape, shell));
      }
    }
    return beside.tests();
  }

  private static void drainsOrIsReported(Shape shape, Shell shell, Program role) throws Exception {
    var outcome = stoppedInAJob(shape, shell, role);
    assertThat(outcome.finding()).as(outcome::story).isEqualTo(shape.finding(role));
    assertThat(outcome.reported().sent()).as(outcome::story).isEqualTo("TERM");
    assertThat(outcome.reported().targets()).as(outcome::story).contains("php");
    if (shape.finding(role) == null) {
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      assertThat(outcome.exitCode()).as(outcome::story).isEqualTo(exitCode(shape, role));
      if (role == Program.Wrap || !shape.startsAgain()) {
        assertThat(outcome.jobsAfterTheSignal()).as(outcome::story).isZero();
      }
    }
    if (shape == Shape.LOOP) {
      assertThat(outcome.notes().cut()).as(outcome::story).isZero();
    }
    judgesAsItWas(shape, role, outcome);
    SEEN.add(new Seen(shape, shell, role, outcome));
  }

  private static void judgesAsItWas(Shape shape, Program role, Outcome outcome) {
    var end = outcome.verdict(shape.setup(Shell.DASH, role).grace());
    if (shape.finding(role) == null) {
      assertThat(end.verdict()).as(end + outcome.story()).isEqualTo(Verdict.Clean);
    } else {
      assertThat(end.reason()).as(end + outcome.story()).isEqualTo(shape.finding(role));
      assertThat(end.verdict()).as(end + outcome.story()).isNotEqualTo(Verdict.Clean);
    }
  }

  /** In a Hook the code is that of whatever stood before PHP, and a shell ended by TERM. */
  private static int exitCode(Shape shape, Program role) {
    return role == Program.Hook && shape == Shape.TINI ? 143 : 0;
  }

  private static void isBrokenOrGood(Shape shape, Shell shell) throws Exception {
    var outcome = stoppedInAJob(shape, shell, Program.None);
    assertThat(outcome.isDrained()).as(outcome::story).isEqualTo(shape.isGood(shell));
    SEEN.add(new Seen(shape, shell, Program.None, outcome));
  }

  private static Outcome stoppedInAJob(Shape shape, Shell shell, Program role) throws Exception {
    try (var container = LabContainer.start(shape.setup(shell, role))) {
      return container.until(notes -> notes.count("end ") > 0 && notes.isInJob()).stop();
    }
  }

  @AfterAll
  static void writeTheTable() {
    for (Shape shape : Shape.values()) {
      var cells = new ArrayList<String>();
      for (Program role : List.of(Program.None, Program.Wrap, Program.Hook)) {
        cells.add(role + ": " + cell(shape, role));
      }
      Proof.fact(
          Proof.Chapter.DRAIN,
          (shape.isGood(Shell.BASH) && shape.isGood(Shell.DASH) ? "Good shape: " : "Shape: ")
              + shape.title,
          String.join("; ", cells));
    }
  }

  private static String cell(Shape shape, Program role) {
    return SEEN.stream()
        .filter(seen -> seen.shape() == shape && seen.role() == role)
        .sorted((a, b) -> a.shell().compareTo(b.shell()))
        .map(seen -> seen.shell() + " " + word(seen.outcome()))
        .distinct()
        .reduce((a, b) -> a + ", " + b)
        .orElse("not run");
  }

  private static String word(Outcome outcome) {
    String finding = outcome.finding();
    if (outcome.isDrained()) {
      return finding == null ? "drained" : "drained (" + finding + ")";
    }
    String how = outcome.notes().cut() > 0 ? "job cut" : "killed without a job";
    return String.format(Locale.ROOT, "%s (%s)", how, finding == null ? "not reported" : finding);
  }
}
