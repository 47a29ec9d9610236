package dev.monolift.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** A second opinion: what dash and bash read and refuse. */
final class ShellOpinionIT {
  private static final long SEED = 20_260_401;
  private static final int CASES = 150;

  /** What a generated text may have that the three read differently; the corpus says how. */
  private static final List<String> DIFFERENT =
      List.of(
          "`", // dash reads at once what stands in backquotes
          "\\$\\{\\w*'", // dash refuses what is not a parameter
          "!\\s*([;&|)\n]|$)", // bash allows ! without a command
          "!\\s*!", // bash allows two
          "\\w[^\\w\\s;&|<>(){}]+\\s*\\(\\s*\\)", // bash takes f! for a function's name
          "\\$\\{\\w*(\\$\\{|:\\})", // what is in ${} is looked at when it runs, by each in its way
          "(^|[;&|(\n])\\s*in(\\s|$)", // both refuse a command of that name
          "\\\\$"); // bash goes on reading after a backslash at the end

  private enum Shell {
    DASH,
    BASH;

    private List<String> command() {
      return this == DASH ? List.of("dash", "-n") : List.of("bash", "--posix", "-n");
    }

    boolean accepts(String text) throws IOException, InterruptedException {
      Path file = Files.createTempFile("opinion", ".sh");
      try {
        Files.writeString(file, text);
        var all = Stream.concat(command().stream(), Stream.of(file.toString())).toList();
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        assertThat(exit).as("%s: %s", all, said).isIn(0, 1, 2);
        return exit == 0;
      } finally {
        Files.delete(file);
      }
    }
  }

  private static boolean accepts(String text) {
    return ShellReader.read(text) instanceof ShellReader.Accepted;
  }

  /** Columns: what this reader, dash and bash say; the text; why they differ. */
  @ParameterizedTest(name = "{3}")
  @CsvFileSource(resources = "/ShellOpinionIT/corpus.csv", delimiter = '\t', quoteCharacter = '\1')
  void theCorpusIsReadAsItIsListed(String ours, String dash, String bash, String text, String why)
      throws IOException, InterruptedException {
    String script =
        text.replace("\\\\", "\0")
            .replace("\\n", "\n")
            .replace("\\t", "\t")
            .replace("\\r", "\r")
            .replace('\0', '\\');

    assertThat(accepts(script)).as("this reader").isEqualTo(ours.equals("yes"));
    assertThat(Shell.DASH.accepts(script)).as("dash").isEqualTo(dash.equals("yes"));
    assertThat(Shell.BASH.accepts(script)).as("bash").isEqualTo(bash.equals("yes"));
    boolean same = ours.equals(dash) && ours.equals(bash);
    assertThat(why.equals("same")).as("a reason is given where they differ").isEqualTo(same);
  }

  @Test
  void generatedScriptsAreReadAsDashAndBashReadThem() throws IOException, InterruptedException {
    int valid = agreed(RandomScript::valid);
    int mutated = agreed(RandomScript::mutated);
    int noise = agreed(RandomScript::noise);

    assertThat(mutated).isGreaterThan(Seeds.count(CASES) / 4);
    Proof.fact(
        Proof.Chapter.DRAIN,
        "dash and bash --posix accept and refuse the scripts that the shell reader accepts and refuses",
        "%d generated, %d mutated, %d of noise, without the listed differences; first seed %d"
            .formatted(valid, mutated, noise, SEED));
  }

  private static boolean isDifferent(String text) {
    String checked = text.replace("`id`", "");
    return DIFFERENT.stream().anyMatch(known -> checked.matches("(?s).*" + known + ".*"));
  }

  private static int agreed(LongFunction<String> source) throws IOException, InterruptedException {
    int compared = 0;
    for (int i = 0; i < Seeds.count(CASES); i++) {
      String text = source.apply(SEED + i);
      if (isDifferent(text)) {
        continue;
      }
      compared++;
      boolean ours = accepts(text);
      assertThat(Shell.DASH.accepts(text)).as("dash, seed %d: %s", SEED + i, text).isEqualTo(ours);
      assertThat(Shell.BASH.accepts(text)).as("bash, seed %d: %s", SEED + i, text).isEqualTo(ours);
    }
    return compared;
  }
}
