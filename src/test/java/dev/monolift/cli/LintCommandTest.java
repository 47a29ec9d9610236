package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code monolift lint} prints. */
final class LintCommandTest {
  private static final CommandCases CASES = new CommandCases("LintCommandTest", "lint", "out.txt");

  static Stream<Path> cases() throws IOException {
    return CASES.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysTheSameAsBefore(Path folder) throws IOException {
    CASES.check(folder, UnaryOperator.identity());
  }

  @Test
  void noFileIsUnused() throws IOException {
    CASES.checkNoFileIsUnused();
  }

  @Test
  void theOutputInTheDrainPageIsReal() throws IOException {
    String out = Files.readString(CASES.folder("the-page").resolve("out.txt"));

    assertThat(Files.readString(Path.of("docs/drain.md"))).contains(out);
  }

  @Test
  void anUnknownFormatIsAMistakeOfUsage() {
    CommandRun run = CommandRun.of("lint", "-f", "examples/minimal-worker.yaml", "-o", "yaml");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("text, json");
  }

  @Test
  void aFileThatIsNotThereIsAMistakeOfUsage() {
    CommandRun run = CommandRun.of("lint", "-f", "no-such.yaml");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("there is no file or directory `no-such.yaml`");
  }

  @Test
  void anEmptyNameIsAMistakeOfUsage() {
    CommandRun run = CommandRun.of("lint", "-f", "");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("monolift: a file has an empty name");
  }
}
