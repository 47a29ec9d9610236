package dev.monolift.restart;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the restarting program says to people. */
public final class Sentences {
  private Sentences() {}

  /**
   * A span of time.
   *
   * @param span not negative
   * @return the two greatest units, for example {@code 3 h 20 min}
   */
  public static String span(Duration span) {
    long days = span.toDays();
    int hours = span.toHoursPart();
    int minutes = span.toMinutesPart();
    int seconds = span.toSecondsPart();
    if (days > 0) {
      return two(days, "d", hours, "h");
    }
    if (hours > 0) {
      return two(hours, "h", minutes, "min");
    }
    return minutes > 0 ? two(minutes, "min", seconds, "s") : seconds + " s";
  }

  private static String two(long great, String greatUnit, int small, String smallUnit) {
    return great + " " + greatUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /**
   * The command that lets a stopped group go on.
   *
   * @param group name of the group
   * @param namespace its namespace
   * @return a command line
   */
  public static String clearCommand(String group, String namespace) {
    return "monolift restart clear " + group + " -n " + namespace;
  }

  static String silent(Holder holder) {
    return "The restart of worker "
        + holder.worker()
        + " began at "
        + holder.since()
        + " and had to report by "
        + holder.until()
        + ", and did not. Nobody knows how it ended: look at its Job and its pods.";
  }

  static String stopped(RestartSettings settings, Failure failure) {
    return "Group "
        + settings.group()
        + " is stopped since "
        + failure.at()
        + " because of worker "
        + failure.worker()
        + ", so "
        + name(settings)
        + " is not restarted. Once that is put right: "
        + clearCommand(settings.group(), settings.namespace())
        + ". What went wrong: "
        + failure.sentence();
  }

  static String tooYoung(RestartSettings settings, Instant rolledOut, Instant now) {
    return name(settings)
        + " was rolled out at "
        + rolledOut
        + (now.isAfter(rolledOut)
            ? ", " + span(Duration.between(rolledOut, now)) + " ago"
            : ", which is later than this machine's clock")
        + ". It is not restarted before it is "
        + span(settings.rules().minAge())
        + " old.";
  }

  static String turnNeverCame(RestartSettings settings, Instant now, List<Holder> others) {
    String waited = span(Duration.between(settings.start(), now));
    return name(settings)
        + " was not restarted: its turn in group "
        + settings.group()
        + " did not come in time (waited "
        + waited
        + (others.isEmpty() ? "" : "; now it is the turn of " + workers(others))
        + "). Raise spec.restart.timeoutSeconds or maxConcurrent, or make the window longer.";
  }

  static String workers(List<Holder> holders) {
    return String.join(", ", holders.stream().map(Holder::worker).distinct().sorted().toList());
  }

  static String name(RestartSettings settings) {
    return "Deployment " + settings.namespace() + "/" + settings.deployment();
  }
}
