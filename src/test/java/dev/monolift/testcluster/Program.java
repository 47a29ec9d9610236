package dev.monolift.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One running program of the control plane with its log. It lives at most as long as this JVM: see
 * {@code src/testcluster/run.sh}.
 */
final class Program {
  private static final int TAIL = 25;

  private final String name;
  private final Path log;
  private final Process process;

  private Program(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Starts the program; both its outputs go to {@code <folder>/<program's name>.log}. */
  static Program start(Path folder, Path executable, List<String> arguments) throws IOException {
    return start(folder, executable, List.of(), arguments);
  }

  /** Starts the program by another one, for example by one that enters namespaces. */
  static Program start(Path folder, Path executable, List<String> prefix, List<String> arguments)
      throws IOException {
    String name = executable.getFileName().toString();
    Path log = folder.resolve(name + ".log");
    var command =
        new ArrayList<>(List.of("sh", Command.inRepository("src/testcluster/run.sh").toString()));
    command.addAll(prefix);
    command.add(executable.toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Program(name, log, process);
  }

  /**
   * Checks that the program still runs.
   *
   * @throws ProgramDied with the end of its log when it does not
   */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new ProgramDied(
          name + " ended with exit code " + process.exitValue() + "; its log ends so:\n" + tail());
    }
  }

  /** The last lines of the log. */
  String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program's name, for messages. */
  String name() {
    return name;
  }

  /** Asks the program to end. */
  void terminate() {
    process.destroy();
  }

  /** Waits for the end as long as given, then kills. */
  void awaitEnd(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        // run.sh kills the program when its standard input closes
        process.getOutputStream().close();
        process.waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
