package dev.monolift.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The operator as users start it: {@code ./monolift operator}, with the flags of the start script,
 * as a process of its own, which ends at the latest with this JVM.
 */
final class MeasuredOperator implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final int PATIENCE_SECONDS = 30;
  private static final int TAIL_LINES = 15;
  private static final int OK = 200;

  private final Process process;
  private final OutputStream leash;
  private final Instant started;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Path log;

  private MeasuredOperator(Process process, Instant started, int port, Path log) {
    this.process = process;
    this.leash = process.getOutputStream();
    this.started = started;
    this.port = port;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param checkout the folder of the start script
   * @param kubeconfig cluster and credentials
   * @param log where its output goes
   */
  static MeasuredOperator start(Path checkout, Path kubeconfig, Path log) throws IOException {
    int port = freePort();
    var builder =
        new ProcessBuilder(
            List.of(
                "sh",
                checkout.resolve("src/testcluster/run.sh").toString(),
                "sh",
                checkout.resolve("monolift").toString(),
                "operator",
                "--image",
                CompleteWorker.IMAGE,
                "--management-port",
                Integer.toString(port)));
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // this program was built a moment ago; a source that was saved since must not delay the start
    builder.environment().put("MAVEN", "false");
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    Instant now = Instant.now();
    return new MeasuredOperator(builder.start(), now, port, log);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** When the process was started. */
  Instant started() {
    return started;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has used. */
  ProcessUse use() {
    return ProcessUse.of(
        process
            .descendants()
            .filter(child -> child.info().command().filter(c -> c.endsWith("/java")).isPresent())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(obituary()))
            .pid());
  }

  /** Waits until it says that it is ready. */
  void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(obituary());
      }
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return http.send(request("/readyz"), BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }

  /** How many passes it has planned; 0 while it does not answer yet. */
  long passes() throws InterruptedException {
    try {
      return http.send(request("/metrics"), BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith("monolift_plan_duration_seconds_count"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
        .build();
  }

  /** Why it is of no use: the last lines of its log. */
  String obituary() {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
      return (process.isAlive()
              ? "The operator did not become ready"
              : "The operator ended with exit code " + process.exitValue())
          + "; its log ends so:\n  "
          + String.join("\n  ", tail);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    try {
      // Process.destroy would close the pipe too, and run.sh kill the program: its lease would stay
      process.toHandle().destroy();
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
