package dev.monolift.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {
  private static final Instant AT = Instant.parse("2026-03-08T02:17:03Z");

  @Test
  void readsWhatItWrites() throws RecordJson.Corrupt {
    var record =
        new GroupRecord(
            List.of(new Holder("mail", "job", AT, AT.plusSeconds(60))),
            new Failure("push", AT, "It did \"not\" come up."),
            List.of(new Result("push", "other", AT, Outcome.Failed, "It did not come up.")));
    assertThat(RecordJson.read(RecordJson.write(record))).isEqualTo(record);
    assertThat(RecordJson.read(RecordJson.write(GroupRecord.EMPTY))).isEqualTo(GroupRecord.EMPTY);
    assertThat(RecordJson.read(null)).isEqualTo(GroupRecord.EMPTY);
  }

  @Test
  void passesOverWhatIsNew() throws RecordJson.Corrupt {
    assertThat(RecordJson.read("{\"format\":1,\"mood\":\"good\",\"failure\":null}"))
        .isEqualTo(GroupRecord.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "| ",
        "{|it is no JSON object",
        "[]|it is no JSON object",
        "{} {}|it is no JSON object",
        "{}|its format is not given, this program knows 1",
        "{\"format\":2}|its format is 2, this program knows 1",
        "{\"format\":1,\"holders\":7}|holders is no list",
        "{\"format\":1,\"holders\":[7]}|since is missing",
        "{\"format\":1,\"holders\":[{\"worker\":\"a\",\"job\":\"b\",\"since\":\"x\"}]}|since is no time",
        "{\"format\":1,\"failure\":\"yes\"}|worker is missing",
        "{\"format\":1,\"results\":[{\"worker\":\"a\",\"job\":\"b\",\"at\":\"2026-03-08T02:17:03Z\",\"outcome\":\"Fine\"}]}|a result has an unknown outcome"
      })
  void saysWhatIsWrong(String text, String reason) {
    assertThatThrownBy(() -> RecordJson.read(text == null ? "" : text))
        .isInstanceOf(RecordJson.Corrupt.class)
        .hasMessageContaining(reason == null ? "it is no JSON object" : reason);
  }

  @Test
  void aTurnWithoutEndIsCorrupt() {
    var record =
        new GroupRecord(
            List.of(new Holder("mail", "job", AT, AT.plusSeconds(200_000))), null, List.of());
    assertThatThrownBy(() -> RecordJson.read(RecordJson.write(record)))
        .hasMessageContaining("within two days");
  }

  @Test
  void theOldestResultsMakeRoom() throws RecordJson.Corrupt {
    var results =
        IntStream.range(0, 2000)
            .mapToObj(
                i ->
                    new Result(
                        "w" + i, "job", AT.plusSeconds(i), Outcome.Skipped, "ä".repeat(1000)))
            .toList();
    var holder = new Holder("mail", "job", AT, AT.plusSeconds(60));
    String text = RecordJson.write(new GroupRecord(List.of(holder), null, results));
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200_000);
    GroupRecord read = RecordJson.read(text);
    assertThat(read.holders()).containsExactly(holder);
    assertThat(read.results()).hasSizeGreaterThan(150);
    assertThat(read.result("w1999").orElseThrow().sentence()).hasSize(400).endsWith("...");
    assertThat(read.result("w0")).isEmpty();
  }
}
