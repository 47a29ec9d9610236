package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One folder per case: {@code in-*.yaml} are looked at, with the options of {@code arguments.txt};
 * {@code out.txt} is standard output, {@code err.txt} standard error and the exit code.
 */
final class LintCommandTest {
  private static final Path FOLDERS = Path.of("src/test/resources/LintCommandTest");
  private static final String COMMAND = "mvn -q test -Dtest=LintCommandTest -Dgolden.update";

  static Stream<Path> cases() throws IOException {
    return list(FOLDERS).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysTheSameAsBefore(Path folder) throws IOException {
    var arguments = new ArrayList<>(List.of("lint"));
    Path options = folder.resolve("arguments.txt");
    if (Files.exists(options)) {
      arguments.addAll(Files.readAllLines(options));
    }
    for (Path file : list(folder)) {
      if (name(file).startsWith("in-")) {
        arguments.addAll(List.of("-f", file.toString()));
      }
    }
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    String err = run.err().replace(folder + "/", "") + "exit code " + run.exitCode() + "\n";
    GoldenFile.check(folder.resolve("out.txt"), run.out(), COMMAND);
    GoldenFile.check(folder.resolve("err.txt"), err, COMMAND);
  }

  @Test
  void noFileIsUnused() throws IOException {
    for (Path folder : list(FOLDERS)) {
      assertThat(list(folder))
          .allMatch(file -> name(file).matches("in-.*\\.yaml|out\\.txt|err\\.txt|arguments\\.txt"));
    }
  }

  @Test
  void theOutputInTheDrainPageIsReal() throws IOException {
    String out = Files.readString(FOLDERS.resolve("the-page/out.txt"));

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

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
