package dev.monolift.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A run of a copy of {@code src/testcluster/images/build.sh}, with a cache of its own. */
final class ImageBuild implements AutoCloseable {
  private final Process process;
  private final Path messages;

  private ImageBuild(Process process, Path messages) {
    this.process = process;
    this.messages = messages;
  }

  /**
   * Starts it.
   *
   * @param recipes folder with build.sh
   * @param cache folder; may be missing
   * @param image to build
   */
  static ImageBuild start(Path recipes, Path cache, String image) throws IOException {
    Path messages = Files.createTempFile(recipes.getParent(), "build", ".log");
    var builder =
        new ProcessBuilder("sh", recipes.resolve("build.sh").toString(), image)
            .redirectError(messages.toFile());
    builder.environment().put("MONOLIFT_CACHE", cache.toString());
    return new ImageBuild(builder.start(), messages);
  }

  /** What it has said so far. */
  String messages() {
    try {
      return Files.readString(messages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end; the folder that it names, or the exit code and what it said. */
  String result() throws IOException, InterruptedException {
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the build does not end: " + messages());
    }
    return process.exitValue() == 0
        ? output
        : "exit code " + process.exitValue() + ": " + messages();
  }

  /** Kills it with all that it has started, as a machine that is switched off does. */
  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    all.forEach(one -> one.onExit().join());
  }
}
