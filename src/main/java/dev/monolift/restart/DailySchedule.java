package dev.monolift.restart;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CronJob's schedule of once a day.
 *
 * @param time the minute
 * @param zone where it is that time
 */
public record DailySchedule(LocalTime time, ZoneId zone) {
  private static final Pattern DAILY = Pattern.compile("(\\d{1,2}) (\\d{1,2}) \\* \\* \\*");

  /**
   * Reads a schedule.
   *
   * @param schedule for example {@code 17 2 * * *}
   * @param timeZone name of the zone
   * @return empty when it is not of once a day, or the zone is not known here
   */
  public static Optional<DailySchedule> parse(String schedule, String timeZone) {
    Matcher daily = DAILY.matcher(schedule.strip());
    if (!daily.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DailySchedule(
              LocalTime.of(Integer.parseInt(daily.group(2)), Integer.parseInt(daily.group(1))),
              ZoneId.of(timeZone)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The next time.
   *
   * @param now the time
   * @return later than now; a day on which the clocks leap over the minute has none, as the CronJob
   *     controller sees it
   */
  public Instant next(Instant now) {
    LocalDate day = now.atZone(zone).toLocalDate();
    while (true) {
      var local = day.atTime(time);
      Instant instant = local.atZone(zone).toInstant();
      if (instant.isAfter(now) && !zone.getRules().getValidOffsets(local).isEmpty()) {
        return instant;
      }
      day = day.plusDays(1);
    }
  }
}
