package dev.monolift.testcluster;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a short program to its end; what it says on stderr goes to the terminal. */
final class Command {
  private Command() {}

  /**
   * The standard output of a program, without the final line break.
   *
   * @throws IllegalStateException when it fails or is not there
   */
  static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "'" + String.join(" ", command) + "' failed with exit code " + code + "; it said why");
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(
          "'" + command[0] + "' cannot be run: install it and put it on the PATH", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while '" + command[0] + "' ran", e);
    }
  }

  /** The standard output of a shell script of this repository; see {@link #output}. */
  static String script(String path, String... arguments) {
    var command = new ArrayList<>(List.of("sh", inRepository(path).toString()));
    command.addAll(List.of(arguments));
    return output(command.toArray(String[]::new));
  }

  /** A file of this repository; tests may run with another working directory. */
  static Path inRepository(String path) {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve(path);
  }
}
