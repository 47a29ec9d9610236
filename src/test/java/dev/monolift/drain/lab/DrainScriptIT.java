package dev.monolift.drain.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The drain program as a text. */
final class DrainScriptIT {
  private static final Path DRAIN = Path.of("src", "main", "container", "drain.sh");

  @Test
  void shellcheckHasNothingToSay() throws Exception {
    assertThat(output("shellcheck", "--shell=sh", "--severity=style", DRAIN.toString())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyShellCanReadIt(Shell shell) throws Exception {
    var command = new ArrayList<>(List.of(shell.program()));
    if (shell == Shell.BUSYBOX) {
      command.add("sh");
    }
    command.addAll(List.of("-n", DRAIN.toString()));
    assertThat(output(command.toArray(String[]::new))).isEmpty();
  }

  @Test
  void itAssignsNoNameThatAContainerMayHaveInItsEnvironment() throws IOException {
    assertThat(Files.readAllLines(DRAIN))
        .map(String::strip)
        .noneMatch(
            line ->
                line.matches("(for |read (-r )?)?[A-Za-z][A-Za-z0-9_]*(=| in ).*")
                    && !line.startsWith("LC_ALL=")
                    && !line.startsWith("IFS="));
  }

  @ParameterizedTest
  @EnumSource
  void aFlagThatIsNotKnownIsSaid(Shell shell) throws Exception {
    var command = new ArrayList<>(List.of(shell.program()));
    if (shell == Shell.BUSYBOX) {
      command.add("sh");
    }
    command.addAll(List.of(DRAIN.toString(), "wrap", "--new", "1", "--", "true"));
    assertThat(output(command.toArray(String[]::new))).contains("unknown flag --new");
  }

  @ParameterizedTest
  @EnumSource
  void aFlagWithoutAValueIsSaid(Shell shell) throws Exception {
    var command =
        new ArrayList<>(List.of("/usr/bin/timeout", "--signal=KILL", "20", shell.program()));
    if (shell == Shell.BUSYBOX) {
      command.add("sh");
    }
    command.addAll(List.of(DRAIN.toString(), "wrap", "--grace"));
    assertThat(output(command.toArray(String[]::new))).contains("the flag --grace has no value");
  }

  private static String output(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
