package dev.monolift.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code monolift operator} as a process of its own, which ends at the latest with this JVM. */
final class OperatorProcess implements AutoCloseable {
  /** Simulated nodes have no resolv.conf: this is one that a company's nodes might have. */
  static final String NODE_SEARCH = "dc1.corp.example,corp.example";

  private static final int PATIENCE_SECONDS = 15;
  private static final int TAIL_LINES = 15;

  private final Process process;
  private final OutputStream leash;
  private final Path log;

  private OperatorProcess(Process process, Path log) {
    this.process = process;
    this.leash = process.getOutputStream();
    this.log = log;
  }

  /** Starts it with this JVM's Java and class path. */
  static OperatorProcess start(Path checkout, Path kubeconfig, Path log) throws IOException {
    var command =
        new ArrayList<>(List.of("sh", checkout.resolve("src/testcluster/run.sh").toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CheckoutMain.class.getName(), "operator", "--management-port", "0"));
    command.addAll(List.of("--node-search", NODE_SEARCH));
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
    return new OperatorProcess(builder.start(), log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Why it ended: its exit code and the last lines of its log. */
  String obituary() {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
      return "the operator ended with exit code "
          + process.exitValue()
          + "; its log ends so:\n  "
          + String.join("\n  ", tail);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      process.destroy();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        // run.sh kills the program when the pipe closes
        leash.close();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }
}
