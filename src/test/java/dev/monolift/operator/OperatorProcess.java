package dev.monolift.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An operator in a JVM of its own. Closing kills it without a chance to tidy up; {@link #terminate}
 * asks it to stop.
 */
final class OperatorProcess implements AutoCloseable {
  private static final int LONGEST_STOP_SECONDS = 30;

  private final Process process;
  private final Path log;

  private OperatorProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param kubeconfig cluster and credentials
   * @param fault it dies right before this write; 0 is never
   * @param namespaces namespaces to watch, without an election; none is all, with an election
   */
  static OperatorProcess start(Path kubeconfig, int fault, String... namespaces) {
    try {
      Path log = Files.createTempFile(kubeconfig.getParent(), "operator-", ".log");
      // The folder goes with the JVM, and only when it is empty.
      log.toFile().deleteOnExit();
      var command = new ArrayList<String>();
      command.add(ProcessHandle.current().info().command().orElseThrow());
      command.addAll(
          List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx128m"));
      command.addAll(
          List.of(
              "-cp", System.getProperty("java.class.path"), OperatorProcessMain.class.getName()));
      command.addAll(List.of(kubeconfig.toString(), Integer.toString(fault)));
      command.addAll(List.of(namespaces));
      return new OperatorProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start(),
          log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Exit code; only when it is not alive. */
  int exitCode() {
    return process.exitValue();
  }

  /** What it printed so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends TERM and waits. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the operator did not stop:\n" + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
