package dev.monolift.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.api.v1alpha1.RestartSpec;
import dev.monolift.api.v1alpha1.RestartWindow;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartScheduleTest {
  private static final int DAY = 24 * 60;

  private static RestartSchedule of(String name, String start, String end) {
    return RestartSchedule.of("shop", name, spec(start, end));
  }

  private static RestartSpec spec(String start, String end) {
    return new RestartSpec(
        new RestartWindow(start, end), "Asia/Tokyo", null, null, null, null, null, null);
  }

  /** These never change: a user's night would be another one after an upgrade. */
  @ParameterizedTest
  @CsvSource({
    "mail,   02:00, 04:00, 46 3 * * *",
    "mail,   23:30, 00:30, 16 0 * * *",
    "mail,   03:17, 03:18, 17 3 * * *",
    "mail,   00:00, 23:59, 52 0 * * *",
    "mail,   12:01, 12:00, 53 12 * * *",
    "sms,    02:00, 04:00, 46 2 * * *",
    "push,   02:00, 04:00, 57 2 * * *",
    "a,      02:00, 04:00, 2 2 * * *",
    "a-rather-long-name-of-a-worker, 02:00, 04:00, 8 3 * * *"
  })
  void aNameHasItsMinuteForEver(String name, String start, String end, String cron) {
    assertThat(of(name, start, end).cron()).isEqualTo(cron);
  }

  @Test
  void theNamespaceCountsToo() {
    var times =
        IntStream.range(0, 50)
            .mapToObj(i -> RestartSchedule.of("ns-" + i, "mail", spec("02:00", "04:00")).minute())
            .distinct();
    assertThat(times.count()).isGreaterThan(25);
  }

  @Test
  void wordsAreForPeople() {
    assertThat(of("mail", "03:05", "03:06").words()).isEqualTo("every day at 03:05 Asia/Tokyo");
    assertThat(of("mail", "03:05", "03:06").cron()).isEqualTo("5 3 * * *");
    assertThat(of("mail", "00:00", "00:01").words()).isEqualTo("every day at 00:00 Asia/Tokyo");
  }

  @Test
  void theMinuteIsInsideTheWindow() {
    for (int seed = 0; seed < Seeds.count(2000); seed++) {
      var random = new Random(seed);
      int start = random.nextInt(DAY);
      int length = 1 + random.nextInt(DAY - 1);
      var schedule =
          of("w-" + random.nextInt(), time(start).toString(), time(start + length).toString());
      int minute = schedule.minute().toSecondOfDay() / 60;
      int offset = Math.floorMod(minute - start, DAY);
      assertThat(offset).as("seed %d", seed).isLessThan(length);
      assertThat(schedule.rest())
          .as("seed %d", seed)
          .isEqualTo(Duration.ofMinutes((long) length - offset));
    }
  }

  /** Pearson's chi-squared; its value is above these bounds in less than one case of a million. */
  @Test
  void manyNamesSpreadEvenly() {
    for (int length : new int[] {7, 60, 90, 120, 360, 1439}) {
      int names = 40 * length;
      var load = new int[length];
      for (int i = 0; i < names; i++) {
        var schedule = of("worker-" + i, "22:00", time(22 * 60 + length).toString());
        load[Math.floorMod(schedule.minute().toSecondOfDay() / 60 - 22 * 60, DAY)]++;
      }
      double chi = 0;
      for (int n : load) {
        chi += (n - 40.0) * (n - 40.0) / 40;
      }
      double freedom = length - 1;
      double bound = freedom + 5 * Math.sqrt(2 * freedom) + 25;
      assertThat(chi).as("a window of %d minutes", length).isBetween(freedom / 10, bound);
    }
  }

  @Test
  void fortyWorkersDoNotMeet() {
    for (String prefix : new String[] {"worker-", "mail", "w", "queue-consumer-"}) {
      var load = new int[DAY];
      for (int i = 0; i < 40; i++) {
        load[of(prefix + i, "02:00", "04:00").minute().toSecondOfDay() / 60]++;
      }
      assertThat(IntStream.of(load).max().orElseThrow()).as(prefix).isLessThanOrEqualTo(4);
    }
  }

  private static LocalTime time(int minute) {
    return LocalTime.MIDNIGHT.plusMinutes(minute);
  }
}
