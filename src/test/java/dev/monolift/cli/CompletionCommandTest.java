package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script, in a real bash. */
final class CompletionCommandTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "'monolift ren', render",
    "'monolift render --clu', --cluster-domain",
    "'monolift completion ', bash",
    "'monolift completion ', zsh",
  })
  void bashCompletes(String line, String expected) throws IOException, InterruptedException {
    assertThat(completions(line)).contains(expected);
  }

  @Test
  void anUnknownShellIsAMistakeOfUsage() {
    CommandRun run = CommandRun.of("completion", "fish");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("[bash, zsh]");
  }

  /** What bash offers when Tab is pressed at the end of the line. */
  private String completions(String line) throws IOException, InterruptedException {
    Path script = folder.resolve("completion.bash");
    CommandRun run = CommandRun.of("completion", "bash");
    Files.writeString(script, run.out());
    String press =
        """
        set -e
        source "$1"
        read -ra COMP_WORDS <<< "$2"
        case $2 in *' ') COMP_WORDS+=('');; esac
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE=$2
        _complete_monolift || true
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Process bash =
        new ProcessBuilder("bash", "-c", press, "bash", script.toString(), line)
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().close();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output;
  }
}
