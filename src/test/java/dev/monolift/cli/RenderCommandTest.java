package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.PackagedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code monolift render} prints. */
final class RenderCommandTest {
  private static final CommandCases CASES =
      new CommandCases("RenderCommandTest", "render", "out.yaml");

  static Stream<Path> cases() throws IOException {
    return CASES.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rendersAsBefore(Path folder) throws IOException {
    CASES.check(folder, RenderCommandTest::withoutProgram);
  }

  /** So that a change of the drain program changes no golden file. */
  private static String withoutProgram(String text) {
    return text.replace(PackagedFiles.drainProgram().revision(), "REVISION")
        .replaceAll("the drain program: [0-9]+ bytes", "the drain program: N bytes");
  }

  @Test
  void noFileIsUnused() throws IOException {
    CASES.checkNoFileIsUnused();
  }

  @Test
  void aFileThatIsNotThereIsAMistakeOfUsage() {
    CommandRun run = CommandRun.of("render", "-f", "no-such.yaml");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("there is no file or directory `no-such.yaml`");
  }

  @Test
  void anEmptyNameIsAMistakeOfUsage() {
    CommandRun run = CommandRun.of("render", "-f", "");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("monolift: a file has an empty name");
  }
}
