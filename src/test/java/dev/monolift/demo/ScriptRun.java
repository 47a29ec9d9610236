package dev.monolift.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code ./monolift} as a user runs it: as a process, its output in a file. */
public final class ScriptRun {
  private static final int PATIENCE_SECONDS = 300;

  private final Process process;
  private final Path output;
  private final Path temporary;
  private final Set<ProcessHandle> family = new HashSet<>();

  private ScriptRun(Process process, Path output, Path temporary) {
    this.process = process;
    this.output = output;
    this.temporary = temporary;
  }

  /**
   * Starts the script.
   *
   * @param script the script
   * @param folder where its output goes
   * @param environment variables to set beside those of this process
   * @param arguments the command and its options
   * @return the run
   * @throws IOException when it cannot be started
   */
  public static ScriptRun start(
      Path script, Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    Path output = Files.createTempFile(folder, "monolift", ".out");
    var builder = new ProcessBuilder(script.toAbsolutePath().toString());
    builder.command().addAll(List.of(arguments));
    // The build that runs this test is the newest there is; the script must not start another.
    builder.environment().put("MAVEN", "false");
    Path temporary = Files.createTempDirectory(folder, "temporary");
    builder.environment().put("MONOLIFT_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.getOutputStream().close();
    return new ScriptRun(process, output, temporary);
  }

  /**
   * Its output so far.
   *
   * @return both streams
   * @throws IOException when it cannot be read
   */
  public String output() throws IOException {
    return Files.readString(output);
  }

  /**
   * Waits until the output has a text, remembering every process below this one.
   *
   * @param text the text
   */
  public void awaitOutput(String text) {
    await("the output has: " + text)
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .failFast("the script ended", () -> !process.isAlive() && !output().contains(text))
        .until(
            () -> {
              process.descendants().forEach(family::add);
              return output().contains(text);
            });
  }

  /**
   * Sends it a signal.
   *
   * @param name name of the signal, for example INT
   * @throws IOException when kill cannot be run
   * @throws InterruptedException when this thread is interrupted
   */
  public void signal(String name) throws IOException, InterruptedException {
    process.descendants().forEach(family::add);
    Process kill = new ProcessBuilder("kill", "-s", name, process.pid() + "").start();
    assertThat(kill.waitFor()).isZero();
  }

  /**
   * Waits for the end.
   *
   * @return its exit code
   * @throws IOException when its output cannot be read
   * @throws InterruptedException when this thread is interrupted
   */
  public int exitCode() throws IOException, InterruptedException {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(ended).as("still running; its output so far:\n%s", output()).isTrue();
    return process.exitValue();
  }

  /**
   * That no process and no file of it is left: neither of the command nor of its cluster.
   *
   * @throws IOException when a folder cannot be read
   */
  public void assertNothingIsLeft() throws IOException {
    await().atMost(Duration.ofSeconds(20)).until(() -> family.stream().noneMatch(this::isAlive));
    assertThat(temporary).isEmptyDirectory();
    Path clusters = cache().resolve("testcluster/run");
    if (Files.exists(clusters)) {
      assertThat(clusters)
          .isDirectoryNotContaining(
              folder -> folder.getFileName().toString().startsWith(process.pid() + "-"));
    }
  }

  private static Path cache() {
    var environment = System.getenv();
    String home =
        environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Path.of(environment.getOrDefault("MONOLIFT_CACHE", home + "/monolift"));
  }

  private boolean isAlive(ProcessHandle handle) {
    // A process that nobody has waited for yet is no longer at work.
    return handle.isAlive() && handle.info().command().isPresent();
  }

  /** Kills the script, if it runs. */
  public void killIfAlive() {
    process.destroyForcibly();
  }
}
