package dev.monolift.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of the operator's image, with its entrypoint, environment and user, in its files as a
 * read-only root, but in this machine's network. Closing kills it.
 */
final class ImageProcess implements AutoCloseable {
  private static final int LONGEST_RUN_SECONDS = 120;

  private final Process process;
  private final Path output;

  private ImageProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * The command that runs the image, for whoever starts it in a namespace of his own.
   *
   * @param image the image
   * @param root its files, unpacked
   * @param environment more variables
   * @param arguments the container's arguments
   */
  static List<String> command(
      OperatorImage image, Path root, Map<String, String> environment, String... arguments) {
    var command = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
    if (!isRoot()) {
      command.add("--map-root-user");
    }
    String script = Path.of("src/test/container/in-root.sh").toAbsolutePath().toString();
    command.addAll(List.of("sh", script, root.toString(), "env", "-i"));
    command.addAll(image.run("Env"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    // env looks the next program up with the image's PATH
    command.add("/usr/sbin/chroot");
    if (isRoot()) {
      command.add("--groups=");
      command.add("--userspec=" + image.config().at("/config/User").asText());
    } else {
      System.err.println("OperatorImageRunIT: without root, the image's user cannot be taken");
    }
    command.add(root.toString());
    command.addAll(image.run("Entrypoint"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static boolean isRoot() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it.
   *
   * @param command from {@link #command}
   * @param input standard input
   * @param folder where its output goes
   */
  static ImageProcess start(List<String> command, Path input, Path folder) throws IOException {
    Path output = Files.createTempFile(folder, "image-", ".log");
    // the file, not the class path, decides what it can see
    return new ImageProcess(
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it printed so far, on both outputs. */
  String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end and returns the exit code. */
  int await() throws InterruptedException {
    if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end:\n" + output());
    }
    return process.exitValue();
  }

  /** Sends TERM to the program itself, as the kubelet does, and waits. */
  int terminate() throws InterruptedException {
    process
        .descendants()
        .filter(child -> child.info().command().filter(c -> c.endsWith("/java")).isPresent())
        .findFirst()
        .orElseThrow(() -> new AssertionError("it does not run:\n" + output()))
        .destroy();
    return await();
  }

  @Override
  public void close() {
    // the first process of the namespace dies with unshare, and everything else with it
    process.destroyForcibly().onExit().join();
  }
}
