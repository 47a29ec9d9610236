package dev.monolift.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a shell becomes the program or stays: what the lint says, and what real shells do. */
final class ShellFateIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Map<String, List<String>> SHELLS =
      Map.of(
          "debian:12", List.of("dash"),
          "rockylinux:9", List.of("bash"),
          "alpine:3", List.of("busybox", "sh"));

  private static final List<String> FORMS =
      List.of(
          "php 99",
          "php 99 >x",
          "php 99 2>&1",
          "X=1 php 99",
          "cd / && php 99",
          "cd /; php 99",
          "cd /\nphp 99",
          "php 99\n",
          "php 99;",
          "php 99 # c",
          "php 99; true",
          "php 99 || exit 1",
          "false || php 99",
          "{ php 99; }",
          "(php 99)",
          "(exec php 99)",
          "! php 99",
          "if true; then php 99; fi",
          "case a in a) php 99;; esac",
          "f() { php 99; }; f",
          "f() { exec php 99; }; f",
          "exec php 99",
          "cd / && exec php 99 2>&1",
          "exec nice env A=b php 99",
          "command php 99",
          "set -e; export A=1; php 99",
          "trap : TERM; php 99",
          "trap : EXIT; php 99",
          "trap : TERM; exec php 99",
          "php 99 | cat",
          "exec php 99 | cat",
          "while true; do php 99; done",
          "while true; do exec php 99; done",
          "php 99 & wait",
          "true && { php 99; }");

  @TempDir private Path folder = Path.of("");

  @Test
  void realShellsDoWhatTheLintSays() throws IOException, InterruptedException {
    // A program that is called php and only sleeps.
    Files.createSymbolicLink(folder.resolve("php"), Path.of("/bin/sleep"));
    int checked = 0;
    for (var shell : SHELLS.entrySet()) {
      for (String form : FORMS) {
        check(shell.getKey(), shell.getValue(), form, true);
        check(shell.getKey(), shell.getValue(), form, false);
        checked += 2;
      }
    }
    Proof.fact(
        Proof.Chapter.DRAIN,
        "the lint knows when dash, bash and busybox become the program that they start",
        checked + " of " + checked + " command lines and scripts in the three shells");
  }

  private void check(String image, List<String> shell, String form, boolean inline)
      throws IOException, InterruptedException {
    var it = new ArrayList<>(shell);
    Path script = Files.writeString(folder.resolve("script"), form + "\n");
    it.addAll(inline ? List.of("-c", form) : List.of(script.toString()));
    String[] command = List.of("sh", "-c", form).toArray(String[]::new);
    var said =
        inline
            ? EntrypointCase.container(0, EntrypointShape.OtherProgram, image, command)
            : EntrypointCase.container(0, EntrypointShape.OtherProgram, image, "sh", "/app/script")
                .with("script", form + "\n");
    var shape = said.verdict(Program.None).shape();

    assertThat(becomes(it))
        .as("%s: the lint says %s", it, shape)
        .isEqualTo(shape == EntrypointShape.ShellExec || shape == EntrypointShape.ShellLastCommand);
  }

  private boolean becomes(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    Process process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessHandle handle = process.toHandle();
    try {
      Awaitility.await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> isPhp(handle) || handle.descendants().anyMatch(ShellFateIT::isPhp));
      return isPhp(handle);
    } finally {
      List<ProcessHandle> below = handle.descendants().toList();
      process.destroyForcibly();
      below.forEach(ProcessHandle::destroyForcibly);
      process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static boolean isPhp(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", "" + process.pid(), "comm")).equals("php\n");
    } catch (IOException e) {
      // It has just ended.
      return false;
    }
  }
}
