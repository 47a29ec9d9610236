package dev.monolift.drain.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processes of this machine, and their files. */
final class Processes {
  /** The id of a process that has ended. */
  static final long GONE = -1;

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Processes() {}

  /** The id of its child, once there is one. */
  static long childOf(ProcessHandle parent) {
    return child(parent).map(ProcessHandle::pid).orElse(GONE);
  }

  /** Its child, once there is one; empty when it ended before that was seen. */
  static Optional<ProcessHandle> child(ProcessHandle parent) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> parent.children().findAny().isPresent() || !parent.isAlive());
    return parent.children().findAny();
  }

  /** Lines of /proc/PID/stat of a process and all below it. */
  static String states(Process other) {
    return Stream.concat(Stream.of(other.toHandle()), other.descendants())
        .map(handle -> state(handle.pid()))
        .collect(Collectors.joining());
  }

  static String state(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/stat"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Sends a signal; a process that has ended meanwhile is no error. */
  static void signal(String name, long pid) throws IOException, InterruptedException {
    if (pid > 0) {
      new ProcessBuilder("/bin/kill", "-s", name, "" + pid)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  static void end(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("cannot be ended: " + process.info());
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
