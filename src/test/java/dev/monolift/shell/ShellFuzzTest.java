package dev.monolift.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.proof.Proof;
import java.time.Duration;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What holds for every text, whatever it is. */
final class ShellFuzzTest {
  private static final long SEED = 20_260_401;
  private static final int CASES = 1500;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static int accepted(LongFunction<String> source) {
    int accepted = 0;
    for (int i = 0; i < Seeds.count(CASES); i++) {
      String text = source.apply(SEED + i);
      try {
        accepted += check(text) ? 1 : 0;
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        throw new AssertionError("seed " + (SEED + i) + ": " + text, e);
      }
    }
    return accepted;
  }

  /** Whether it is accepted; fails when that is not true of the whole text. */
  private static boolean check(String text) {
    return switch (ShellReader.read(text)) {
      case ShellReader.Refused refused -> {
        var lines = text.split("\n", -1);
        assertThat(refused.at().line()).isBetween(1, lines.length);
        assertThat(refused.at().column()).isBetween(1, lines[refused.at().line() - 1].length() + 1);
        assertThat(refused.message()).isNotBlank();
        yield false;
      }
      case ShellReader.Accepted accepted -> {
        // Two texts whose end swallows what comes: a backslash, and a here-document without its
        // end.
        if (!text.endsWith("\\") && !text.contains("<<")) {
          coversAll(text);
          printsTheSame(accepted.script());
        }
        yield true;
      }
    };
  }

  /** A parenthesis after the end is refused there and nowhere else, so all before it was read. */
  private static void coversAll(String text) {
    var lines = (text + "\n)").split("\n", -1);
    assertThat(ShellReader.read(text + "\n)"))
        .isEqualTo(new ShellReader.Refused(new Position(lines.length, 1), "')' has no place here"));
  }

  private static void printsTheSame(Script script) {
    String printed = ScriptPrinter.print(script);
    assertThat(ShellReader.read(printed))
        .as(printed)
        .isInstanceOfSatisfying(
            ShellReader.Accepted.class,
            again -> assertThat(ScriptPrinter.print(again.script())).isEqualTo(printed));
  }

  @Test
  void everyTextIsReadWhollyOrRefusedAtAPlace() {
    Assertions.assertTimeoutPreemptively(
        LIMIT,
        () -> {
          int valid = accepted(RandomScript::valid);
          int mutated = accepted(RandomScript::mutated);
          int noise = accepted(RandomScript::noise);

          assertThat(valid).isEqualTo(Seeds.count(CASES));
          assertThat(mutated).isBetween(Seeds.count(CASES) / 10, Seeds.count(CASES) * 9 / 10);
          assertThat(noise).isPositive();
          Proof.fact(
              Proof.Chapter.DRAIN,
              "the shell reader reads a text to its end or refuses it at a place, and never fails",
              "%d generated scripts accepted; of as many with random edits %d accepted, of as many of noise %d; first seed %d"
                  .formatted(valid, mutated, noise, SEED));
        });
  }

  @Test
  void depthAndLengthAreBounded() {
    int many = 200_000;
    Assertions.assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (String deep : new String[] {"(", "{ ", "$(", "${a-", "$((", "\"$(", "if ", "f()("}) {
            assertThat(ShellReader.read(deep.repeat(many)))
                .as(deep)
                .isInstanceOfSatisfying(
                    ShellReader.Refused.class,
                    refused -> assertThat(refused.message()).contains("nested deeper than 100"));
          }
          for (String wide :
              new String[] {"a;", "a && ", "a|", "x ", "\\\n", "'", "`", "<<E\n", "#"}) {
            // Whether it is a script does not matter here, only that an answer comes.
            assertThat(ShellReader.read(wide.repeat(many))).isNotNull();
          }
        });
  }
}
