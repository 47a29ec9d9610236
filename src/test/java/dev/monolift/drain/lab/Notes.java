package dev.monolift.drain.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the test worker wrote down about itself; see src/test/container/worker.php.
 *
 * @param lines its lines, in order
 */
record Notes(List<String> lines) {
  Notes {
    lines = List.copyOf(lines);
  }

  static Notes read(Path lab) throws IOException {
    Path file = lab.resolve("jobs");
    return new Notes(Files.exists(file) ? Files.readAllLines(file) : List.of());
  }

  long count(String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).count();
  }

  /** Jobs that were begun and not ended. */
  long cut() {
    return count("start ") - count("end ");
  }

  /** Whether a worker is in a job now. */
  boolean isInJob() {
    return cut() > 0;
  }

  /**
   * Jobs begun after a time.
   *
   * @param millis milliseconds since the epoch
   */
  long startedAfter(long millis) {
    return lines.stream()
        .filter(line -> line.startsWith("start "))
        .map(line -> line.split(" ", -1)[2])
        .filter(seconds -> Double.parseDouble(seconds) * 1000 > millis)
        .count();
  }
}
