package dev.monolift.bench;

import dev.monolift.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a bench has started, the order of what it does, and how all of it goes away again. */
final class BenchRun {
  private final Path checkout;
  private final Path folder;
  private final Consumer<String> say;
  private @Nullable TestCluster cluster;
  private @Nullable MeasuredOperator operator;
  private boolean keepsLog;

  private BenchRun(Path checkout, Path folder, Consumer<String> say) {
    this.checkout = checkout;
    this.folder = folder;
    this.say = say;
  }

  static BenchRun create(Path checkout, Consumer<String> say) throws IOException {
    return new BenchRun(checkout, Files.createTempDirectory("monolift-bench-"), say);
  }

  Path log() {
    return folder.resolve("operator.log");
  }

  /** After a failure the log is what a person needs next. */
  void keepLog() {
    keepsLog = true;
  }

  /**
   * Measures with some number of workers.
   *
   * @param workers how many
   * @param idle how long the quiet span is
   * @param changes how many changes of a spec are timed
   */
  Figures measure(int workers, Duration idle, int changes)
      throws IOException, InterruptedException {
    say.accept(workers + " workers: the bare-write floor");
    Figures.Floor floor = FloorMeasurement.measure(scene(), workers);
    say.accept(workers + " workers: the operator, with no object");
    Scene scene = scene();
    var measurement = new OperatorMeasurement(scene, workers);
    MeasuredOperator first = start(measurement);
    double noObject = measurement.noObject(first);
    say.accept(workers + " workers: creation");
    Figures.Creation creation = measurement.creation(first);
    double peak = first.use().peakMiB();
    say.accept(workers + " workers: " + idle.toSeconds() + " idle seconds");
    Figures.Idle quiet = measurement.idle(first, idle);
    var memory = new Figures.Memory(noObject, peak, first.use().rssMiB());
    say.accept(workers + " workers: " + changes + " changes of a spec, one at a time");
    Figures.Latency change = measurement.changes(changes);
    say.accept(workers + " workers: restart");
    first.close();
    long position = scene.trail().position();
    Figures.Restart restart = measurement.restart(start(measurement), position);
    say.accept(workers + " workers: " + changes + " pods through the start gate, one at a time");
    Figures.Latency gate = measurement.gate(changes);
    return new Figures(workers, floor, creation, memory, quiet, change, gate, restart);
  }

  /** A cluster that has nothing of an earlier measurement. */
  private Scene scene() throws IOException {
    stop();
    TestCluster started = TestCluster.start();
    cluster = started;
    return Scene.set(started, folder);
  }

  private MeasuredOperator start(OperatorMeasurement measurement) throws IOException {
    MeasuredOperator started = measurement.start(checkout, log());
    operator = started;
    return started;
  }

  private void stop() {
    // The operator first: it gives its lease back, and says nothing about a cluster that is gone.
    if (operator != null) {
      operator.close();
      operator = null;
    }
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }

  /** Ends everything that was started. */
  void close() {
    stop();
    if (keepsLog) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be removed", e);
    }
  }
}
