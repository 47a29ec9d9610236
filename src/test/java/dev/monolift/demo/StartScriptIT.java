package dev.monolift.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./monolift}: what it asks of a machine, and what it does not do. */
final class StartScriptIT {
  private static final int UNAVAILABLE = 69;
  private static final List<String> TOOLS =
      List.of("sh", "sed", "find", "head", "dirname", "readlink", "cat", "env");

  @TempDir private Path folder = Path.of("");

  @Test
  void nothingIsBuiltWhenNothingChanged() throws IOException, InterruptedException {
    ScriptRun run = run(Map.of(), "--version");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(ExitCode.OK);
    assertThat(run.output()).startsWith("monolift ").doesNotContain("building");
  }

  @Test
  void anOlderJavaHomeDoesNotHideTheNewJdk() throws IOException, InterruptedException {
    Path old = folder.resolve("jdk-17");
    program(old.resolve("bin/java"), "echo the wrong java; exit 1");
    program(old.resolve("bin/javac"), "exit 1");
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");

    ScriptRun run = run(Map.of("JAVA_HOME", old.toString()), "--version");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(ExitCode.OK);
    assertThat(run.output()).contains("(Java 25");
  }

  @Test
  void everythingThatIsMissingIsNamedAtOnce() throws IOException, InterruptedException {
    Path bin = folder.resolve("bin");
    for (String tool : TOOLS) {
      program(bin.resolve(tool), "exec " + find(tool) + " \"$@\"");
    }
    // A checkout in which nothing is built yet, on a machine without Maven and without a cluster.
    Path checkout = Files.createDirectories(folder.resolve("checkout/src/testcluster"));
    Files.copy(Path.of("src/testcluster/pick.sh"), checkout.resolve("pick.sh"));
    Path script = folder.resolve("checkout/monolift");
    Files.copy(Path.of("monolift"), script);
    var environment =
        Map.of("PATH", bin.toString(), "MAVEN", "mvn", "MONOLIFT_TEST_CLUSTER", "context");
    ScriptRun run = ScriptRun.start(script, folder, environment, "demo");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(UNAVAILABLE);
    assertThat(run.output())
        .containsOnlyOnce("this machine lacks:")
        .contains("Maven 3.8 or newer", "MONOLIFT_TEST_CONTEXT");
  }

  private ScriptRun run(Map<String, String> environment, String... arguments) throws IOException {
    return ScriptRun.start(Path.of("monolift"), folder, environment, arguments);
  }

  private static void program(Path file, String line) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path find(String tool) {
    return List.of(System.getenv("PATH").split(":", -1)).stream()
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError(tool + " is not on the PATH"));
  }
}
