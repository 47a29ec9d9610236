package dev.monolift.drain.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The worker that docs/drain.md shows does what the page says, as the files in examples/php. */
final class ExampleWorkerIT {
  private static final Path WORKER = Path.of("examples", "php", "worker.php").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TestFactory
  Stream<DynamicTest> theWorkerOfTheDrainPage() {
    var beside = new Beside();
    for (Shell shell : Shell.values()) {
      for (Program role : List.of(Program.Wrap, Program.Hook)) {
        String who = shell + ", " + role + ": ";
        beside.test(who + "ends after the job", () -> endsAfterTheJob(shell, role));
        beside.test(who + "ends while it waits for a job", () -> endsWhileItWaits(shell, role));
      }
    }
    return beside.tests();
  }

  private static void endsAfterTheJob(Shell shell, Program role) throws Exception {
    try (var container = LabContainer.start(setup(shell, role))) {
      Path queue = queue(container, 10);
      await("a job in work").atMost(PATIENCE).until(() -> isInJob(queue));
      var outcome = container.stop();
      endsClean(outcome);
      assertThat(left(queue))
          .as(outcome::story)
          .hasSizeBetween(1, 9)
          .allMatch(file -> file.endsWith(".job"));
    }
  }

  private static void endsWhileItWaits(Shell shell, Program role) throws Exception {
    try (var container = LabContainer.start(setup(shell, role))) {
      Path queue = queue(container, 1);
      await("an empty queue").atMost(PATIENCE).until(() -> left(queue).isEmpty());
      endsClean(container.stop());
    }
  }

  private static void endsClean(Outcome outcome) {
    assertThat(outcome.wasKilled()).as(outcome::story).isFalse();
    assertThat(outcome.exitCode()).as(outcome::story).isZero();
    assertThat(outcome.finding()).as(outcome::story).isNull();
    if (outcome.reported().role() == Program.Wrap) {
      // a Hook may go with the program before it can write this
      assertThat(outcome.reported().sent()).as(outcome::story).isEqualTo("TERM");
    }
  }

  private static Setup setup(Shell shell, Program role) {
    return Setup.of(shell, role, "env", "QUEUE=@LAB/queue", "php", WORKER.toString()).withGrace(20);
  }

  /** A queue with jobs of a second each. */
  private static Path queue(LabContainer container, int jobs) throws IOException {
    Path queue = Files.createDirectory(container.folder().resolve("queue"));
    for (int i = 0; i < jobs; i++) {
      Path job = Files.writeString(queue.resolve(i + ".new"), "1");
      Files.move(job, queue.resolve(i + ".job"), StandardCopyOption.ATOMIC_MOVE);
    }
    return queue;
  }

  private static boolean isInJob(Path queue) throws IOException {
    return left(queue).stream().anyMatch(file -> file.endsWith(".taken"));
  }

  private static List<String> left(Path queue) throws IOException {
    try (var files = Files.list(queue)) {
      return files.map(Path::toString).toList();
    }
  }
}
