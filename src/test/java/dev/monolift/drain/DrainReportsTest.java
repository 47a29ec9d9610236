package dev.monolift.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.drain.DrainReport.State;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainReportsTest {
  private static final String WRITTEN =
      "{\"monolift\":1,\"role\":\"Wrap\",\"state\":\"Ended\",\"received\":\"TERM\",\"sent\":\"TERM\","
          + "\"targets\":[\"php\"],\"targetCount\":1,\"seconds\":3,\"exit\":0,\"busy\":false,"
          + "\"restarts\":12,\"finding\":null,\"detail\":null}\n";

  @Test
  void readsWhatTheDrainProgramWrites() {
    assertThat(DrainReports.parse(WRITTEN))
        .contains(
            new DrainReport(
                1,
                Program.Wrap,
                State.Ended,
                "TERM",
                "TERM",
                List.of("php"),
                1,
                3L,
                0,
                false,
                12,
                null,
                null));
  }

  @Test
  void readsTheReportOfALaterProgramThatSaysMore() {
    assertThat(DrainReports.parse(WRITTEN.replace("{", "{\"more\":{\"a\":[1]},"))).isPresent();
  }

  @Test
  void readsTheReportBeforeWhatTheProgramLeftThere() {
    String rest = "rewell\na long farewell\n{\"monolift\":2}\n";

    assertThat(DrainReports.parse(WRITTEN + rest)).isEqualTo(DrainReports.parse(WRITTEN));
    assertThat(DrainReports.parse(rest + WRITTEN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "{",
        "{}",
        "[]",
        "null",
        "{null}",
        "{\"monolift\":1}",
        "{\"monolift\":2,\"role\":\"Wrap\",\"state\":\"Ended\"}",
        "{\"monolift\":1,\"role\":\"Wrap\",\"state\":\"Dancing\"}",
        "{\"monolift\":1,\"role\":null,\"state\":\"Ended\"}",
        "{\"monolift\":1,\"role\":\"Wrap\",\"state\":\"Ended\"} and more",
        "{\"monolift\":\"x\",\"role\":\"Wrap\",\"state\":\"Ended\"}",
        "PHP Fatal error:  Uncaught PDOException in /app/worker.php:3",
        "{\"error\":\"somebody else's JSON\"}"
      })
  void whatIsNoReportIsNone(String message) {
    assertThat(DrainReports.parse(message)).isEmpty();
    assertThat(DrainReports.parse(null)).isEmpty();
  }

  @Test
  void whatIsTooLongIsNone() {
    String long4097 = WRITTEN.strip() + " ".repeat(4097 - WRITTEN.strip().length());
    assertThat(DrainReports.parse(long4097)).isEmpty();
    assertThat(DrainReports.parse(long4097.substring(1, 4096))).isEmpty();
    assertThat(DrainReports.parse("[".repeat(4000))).isEmpty();
    assertThat(DrainReports.parse("{\"a\":".repeat(800))).isEmpty();
  }

  @Test
  void valuesThatCannotBeAreLeftOut() {
    var report =
        DrainReports.parse(
                "{\"monolift\":1,\"role\":\"Hook\",\"state\":\"Signalled\",\"seconds\":-1,\"exit\":999,"
                    + "\"restarts\":-5,\"targetCount\":-1,\"finding\":\"rm -rf\",\"targets\":[null,"
                    + "\"a\\u0007b\",\"3\",\"4\",\"5\",\"6\"],\"detail\":\"two\\nlines"
                    + "x".repeat(300)
                    + "\"}")
            .orElseThrow();

    assertThat(report.seconds()).isNull();
    assertThat(report.exit()).isNull();
    assertThat(report.restarts()).isZero();
    assertThat(report.targetCount()).isZero();
    assertThat(report.finding()).isNull();
    assertThat(report.targets()).containsExactly("?", "a b", "3", "4", "5");
    assertThat(report.detail()).startsWith("two lines").hasSize(200);
  }

  /** Cut off, flipped and doubled: any text gives a report or none, and never an exception. */
  @Test
  void noTextThrows() {
    for (int seed = 0; seed < Seeds.count(5000); seed++) {
      var random = new Random(seed);
      var text = new StringBuilder(WRITTEN);
      for (int edits = random.nextInt(6); edits >= 0; edits--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.setLength(Math.max(at, 1));
          case 1 -> text.setCharAt(at, (char) random.nextInt(0x3000));
          case 2 -> text.insert(at, text.substring(at));
          default -> text.deleteCharAt(text.length() > 1 ? at : 0).append('}');
        }
      }
      var report = DrainReports.parse(text.toString());
      assertThat(report.map(DrainReport::restarts).orElse(0)).as("seed %d", seed).isNotNegative();
    }
  }
}
