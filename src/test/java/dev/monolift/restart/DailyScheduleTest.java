package dev.monolift.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "17 2 * * *, Asia/Tokyo, 2026-03-08T00:00:00Z, 2026-03-08T17:17:00Z",
    "17 2 * * *, Asia/Tokyo, 2026-03-08T17:16:59Z, 2026-03-08T17:17:00Z",
    "17 2 * * *, Asia/Tokyo, 2026-03-08T17:17:00Z, 2026-03-09T17:17:00Z",
    // the clocks leap from two to three in that night
    "30 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-30T00:30:00Z",
    "30 2 * * *, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z"
  })
  void isOnceADay(String schedule, String zone, Instant now, Instant next) {
    assertThat(DailySchedule.parse(schedule, zone).orElseThrow().next(now)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "*/5 * * * *, Etc/UTC",
    "17 2 * * 1, Etc/UTC",
    "17 25 * * *, Etc/UTC",
    "1 2 * * *, X"
  })
  void otherSchedulesHaveNoNextTime(String schedule, String zone) {
    assertThat(DailySchedule.parse(schedule, zone)).isEmpty();
  }
}
