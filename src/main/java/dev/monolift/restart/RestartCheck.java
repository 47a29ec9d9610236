package dev.monolift.restart;

import dev.monolift.api.v1alpha1.RestartPod;
import dev.monolift.api.v1alpha1.RestartSpec;
import dev.monolift.api.v1alpha1.RestartWindow;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Settings that the schema cannot reject: the first thing that is wrong with them. */
public final class RestartCheck {
  /**
   * Names only: {@code UTC+9} would do for this JDK, but not for the API server, which refuses a
   * CronJob whose zone is not a name of the tz database, and so are the JDK's own SystemV names.
   */
  private static final Set<String> ZONES =
      ZoneId.getAvailableZoneIds().stream()
          .filter(zone -> !zone.startsWith("SystemV/"))
          .collect(Collectors.toUnmodifiableSet());

  private static final String OUR_PREFIX = "monolift.dev/";

  private RestartCheck() {}

  /**
   * Checks the settings.
   *
   * @param spec the settings
   * @return what is wrong; empty when nothing is
   */
  public static Optional<RestartProblem> of(RestartSpec spec) {
    return Stream.of(window(spec.window()), timeZone(spec.timeZone()), reservedPrefix(spec.pod()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<RestartProblem> window(RestartWindow window) {
    return time("start", window.start())
        .or(() -> time("end", window.end()))
        .or(
            () ->
                RestartSchedule.length(window) == 0
                    ? problem(
                        "EmptyWindow",
                        "spec.restart.window starts and ends at "
                            + window.start()
                            + ". Set an end that differs; one that is earlier than the start is on"
                            + " the next day.")
                    : Optional.empty());
  }

  private static Optional<RestartProblem> time(String field, String time) {
    try {
      if (LocalTime.parse(time).getSecond() == 0) {
        return Optional.empty();
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    return problem(
        "BadWindow",
        "spec.restart.window."
            + field
            + " is "
            + time
            + ", which is no time of the day. Write it as HH:MM, from 00:00 to 23:59.");
  }

  private static Optional<RestartProblem> timeZone(String timeZone) {
    return ZONES.contains(timeZone)
        ? Optional.empty()
        : problem(
            "UnknownTimeZone",
            "spec.restart.timeZone is "
                + timeZone
                + ", which is not in the tz database. Write one of its names, with upper and lower"
                + " case as there, such as Asia/Tokyo or Etc/UTC.");
  }

  /** A pod with the label of a worker would count as one of its consumers. */
  private static Optional<RestartProblem> reservedPrefix(@Nullable RestartPod pod) {
    if (pod == null) {
      return Optional.empty();
    }
    return Stream.of(keys("labels", pod.labels()), keys("annotations", pod.annotations()))
        .flatMap(keys -> keys)
        .findFirst()
        .flatMap(
            what ->
                problem(
                    "ReservedPrefix",
                    "spec.restart.pod."
                        + what
                        + ". The prefix "
                        + OUR_PREFIX
                        + " is Monolift's own: remove it."));
  }

  private static Stream<String> keys(String field, @Nullable Map<String, String> map) {
    return Objects.requireNonNullElse(map, Map.<String, String>of()).keySet().stream()
        .filter(key -> key.startsWith(OUR_PREFIX))
        .sorted()
        .map(key -> field + " sets " + key);
  }

  private static Optional<RestartProblem> problem(String reason, String message) {
    return Optional.of(new RestartProblem(reason, message));
  }
}
