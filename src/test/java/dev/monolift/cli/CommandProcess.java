package dev.monolift.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command in a process of its own, as users have it: with the environment, and without what only
 * tests have on the class path.
 *
 * @param folder where the output goes; the test's own
 * @param environment what the process gets in addition
 */
record CommandProcess(Path folder, Map<String, String> environment) {

  /** Runs {@code monolift} with these arguments until it ends. */
  CommandRun run(String... arguments) {
    try {
      Path out = Files.createTempFile(folder, "out", "");
      int code = run(out, arguments);
      return new CommandRun(code, Files.readString(out), Files.readString(err()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with standard output into a file or device; returns the exit code. */
  int run(Path out, String... arguments) {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", shipped(), "dev.monolift.OperatorMain"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err().toFile());
    builder.environment().putAll(environment);
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What it complained. */
  Path err() {
    return folder.resolve("err");
  }

  /** The tests' own configuration of the log would hide that the product has none. */
  private static String shipped() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes/"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
