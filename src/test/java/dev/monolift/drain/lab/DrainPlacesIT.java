package dev.monolift.drain.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.drain.lab.Setup.Place;
import dev.monolift.proof.Proof;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Where containers run: as nobody, read-only, in a shared PID namespace; and their log files. */
final class DrainPlacesIT {
  private static final List<Shape> SHAPES =
      List.of(Shape.NOT_DISPATCHED, Shape.PIPE, Shape.LOOP, Shape.SH_C, Shape.TINI, Shape.DIRECT);

  @TestFactory
  Stream<DynamicTest> everyPlaceIsGoodEnough() {
    var beside = new Beside();
    for (Shell shell : Shell.values()) {
      for (Place place : List.of(Place.RESTRICTED, Place.SHARED)) {
        for (Program role : List.of(Program.Wrap, Program.Hook)) {
          for (Shape shape : SHAPES) {
            if (!Proof.isFull()
                && shell != List.of(Shell.values()).get(SHAPES.indexOf(shape) % 3)) {
              continue;
            }
            String sentence = shape.title + ", " + shell + ", " + role + ", " + place;
            beside.test(sentence, () -> drains(shape.setup(shell, role).in(place), shape));
          }
        }
      }
      beside.test(shell + ": containers beside it are left alone", () -> leftAlone(shell));
      beside.test(shell + ": a report that cannot be written stops nothing", () -> mute(shell));
    }
    return beside.tests();
  }

  private static void drains(Setup setup, Shape shape) throws Exception {
    try (var container = LabContainer.start(setup)) {
      var outcome = container.until(notes -> notes.count("end ") > 0 && notes.isInJob()).stop();
      // in a shared PID namespace the first process of the container can be stopped like any other
      boolean isHeld = setup.place() == Place.SHARED && shape == Shape.LOOP;
      String finding = isHeld ? null : shape.finding(setup.role());
      assertThat(outcome.finding()).as(outcome::story).isEqualTo(finding);
      if (finding == null) {
        assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      }
    }
  }

  private static void leftAlone(Shell shell) throws Exception {
    for (Program role : List.of(Program.Wrap, Program.Hook)) {
      var setup = Shape.SH_C.setup(shell, role).in(Place.SHARED);
      try (var container = LabContainer.start(setup)) {
        container.until(notes -> notes.count("end ") > 0 && notes.isInJob());
        Process other = container.beside("php", "-r", "sleep(60);");
        Process otherShell = container.beside("sh", "-c", "sleep 60; true");
        var outcome = container.stop();
        assertThat(outcome.isDrained()).as(outcome::story).isTrue();
        for (Process process : List.of(other, otherShell)) {
          assertThat(process.isAlive()).as(outcome::story).isTrue();
          assertThat(Processes.states(process)).as("stopped").doesNotContain(") T ");
        }
      }
    }
  }

  private static void mute(Shell shell) throws Exception {
    var setup = Shape.SH_C.setup(shell, Program.Wrap).withFlags("--report", "/proc/none/report");
    try (var container = LabContainer.start(setup)) {
      var outcome = container.until(Notes::isInJob).stop();
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      assertThat(outcome.exitCode()).as(outcome::story).isZero();
      assertThat(outcome.report()).isNull();
    }
  }

  @TestFactory
  Stream<DynamicTest> logFilesAreFollowedToTheEnd() {
    var beside = new Beside();
    for (Shell shell : Shell.values()) {
      for (Place place : List.of(Place.PLAIN, Place.RESTRICTED, Place.SHARED)) {
        beside.test(shell + ", " + place, () -> follows(shell, place));
      }
    }
    return beside.tests();
  }

  /** The file, and its folder, appear when the program has started. */
  private static void follows(Shell shell, Place place) throws Exception {
    String worker = "@WORKER async job=0.3 log='@LAB/logs/my app.log'";
    var setup =
        Setup.of(shell, Program.Wrap, "sh", "-c", "mkdir @LAB/logs; exec sh -c \"" + worker + "\"")
            .in(place)
            .withGrace(8)
            .withFlags("--log", "@LAB/logs/my*.log", "--log", "@LAB/logs/never*.log");
    try (var container = LabContainer.start(setup)) {
      var outcome = container.until(notes -> notes.count("end ") > 2).stop();
      assertThat(outcome.isDrained()).as(outcome::story).isTrue();
      assertThat(outcome.reported().targets()).as(outcome::story).containsExactly("php");
      for (String line : outcome.notes().lines()) {
        if (line.startsWith("end ")) {
          String logged = "log " + line.substring("end ".length());
          assertThat(outcome.output().lines().filter(logged::equals))
              .as(() -> logged + " in " + outcome.story())
              .hasSize(1);
        }
      }
    }
  }
}
