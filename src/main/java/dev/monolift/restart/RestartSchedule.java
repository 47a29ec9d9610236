package dev.monolift.restart;

import dev.monolift.api.v1alpha1.RestartSpec;
import dev.monolift.api.v1alpha1.RestartWindow;
import dev.monolift.fields.Digest;
import java.time.Duration;
import java.time.LocalTime;

/**
 * When a worker is restarted: the same minute every day, made from its name, so that many workers
 * spread over their window without knowing of each other. The way from name to minute never
 * changes: a new version of the operator that moved it would restart a company's workers at times
 * that nobody expects.
 *
 * @param minute the minute, in the window's time zone
 * @param rest time from that minute to the end of the window, more than zero
 * @param timeZone name of the time zone
 */
public record RestartSchedule(LocalTime minute, Duration rest, String timeZone) {
  private static final int DAY = 24 * 60;
  private static final int HASH_BYTES = 8;
  private static final int HEXADECIMAL = 16;

  /**
   * The schedule of a worker.
   *
   * @param namespace its namespace
   * @param name its name
   * @param spec settings that {@link RestartCheck} has nothing against
   * @return the schedule
   */
  public static RestartSchedule of(String namespace, String name, RestartSpec spec) {
    int length = length(spec.window());
    long hash = Long.parseUnsignedLong(Digest.of(namespace + "/" + name, HASH_BYTES), HEXADECIMAL);
    int offset = (int) Long.remainderUnsigned(hash, length);
    return new RestartSchedule(
        LocalTime.parse(spec.window().start()).plusMinutes(offset),
        Duration.ofMinutes((long) length - offset),
        spec.timeZone());
  }

  /** Minutes in a window; one that ends before it starts ends on the next day. */
  static int length(RestartWindow window) {
    return Math.floorMod(
        minutes(LocalTime.parse(window.end())) - minutes(LocalTime.parse(window.start())), DAY);
  }

  private static int minutes(LocalTime time) {
    return time.toSecondOfDay() / 60;
  }

  /**
   * The schedule in cron's five fields.
   *
   * @return for example {@code 17 3 * * *}
   */
  public String cron() {
    return minute.getMinute() + " " + minute.getHour() + " * * *";
  }

  /**
   * The schedule in words.
   *
   * @return for example {@code every day at 03:17 Asia/Tokyo}
   */
  public String words() {
    return "every day at " + minute + " " + timeZone;
  }
}
