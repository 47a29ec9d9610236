package dev.monolift.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.RestartPod;
import dev.monolift.api.v1alpha1.RestartSpec;
import dev.monolift.api.v1alpha1.RestartWindow;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartCheckTest {
  private static String reason(
      String start, String end, String timeZone, @Nullable RestartPod pod) {
    var spec =
        new RestartSpec(new RestartWindow(start, end), timeZone, null, null, null, null, null, pod);
    return RestartCheck.of(spec).map(RestartProblem::reason).orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Asia/Tokyo",
        "Etc/UTC",
        "UTC",
        "Europe/Berlin",
        "Etc/GMT+9",
        "America/Indiana/Knox"
      })
  void knowsZones(String timeZone) {
    assertThat(reason("02:00", "04:00", timeZone, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Asia/Tokio",
        "asia/tokyo",
        "UTC+9",
        "GMT+9",
        "Z",
        "JST9",
        "Local",
        "SystemV/AST4"
      })
  void knowsNoZoneThatKubernetesWouldRefuse(String timeZone) {
    assertThat(reason("02:00", "04:00", timeZone, null)).isEqualTo("UnknownTimeZone");
  }

  @ParameterizedTest
  @CsvSource({
    "02:00, 02:00, EmptyWindow",
    "2:00,  04:00, BadWindow",
    "02:00, 24:00, BadWindow",
    "02:00, 03:60, BadWindow",
    "02:00, 02:00:30, BadWindow",
    "noon,  04:00, BadWindow",
    "04:00, 02:00, ''",
    "23:59, 00:00, ''"
  })
  void looksAtTheWindow(String start, String end, String reason) {
    assertThat(reason(start, end, "Etc/UTC", null)).isEqualTo(reason);
  }

  @Test
  void ourLabelsAreOurs() {
    var pod =
        new RestartPod(
            null, null, null, null, null, null, Map.of("monolift.dev/worker", "mail"), null);
    assertThat(reason("02:00", "04:00", "Etc/UTC", pod)).isEqualTo("ReservedPrefix");
  }
}
