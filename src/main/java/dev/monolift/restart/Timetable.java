package dev.monolift.restart;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The next restarts and the last ones.
 *
 * @param restarts the workers; whose turn comes first is first, those without a time are last
 * @param stopped the groups that wait for a person
 */
public record Timetable(List<Entry> restarts, List<Stopped> stopped) {

  /**
   * A worker.
   *
   * @param namespace its namespace
   * @param worker its name
   * @param group its group
   * @param schedule schedule of its CronJob
   * @param timeZone zone of the schedule
   * @param suspended whether there is no restart for now
   * @param next when it is next restarted; null when it is suspended or the schedule is not of once
   *     a day
   * @param since when the restart that is under way began; null when none is
   * @param last what became of the last Job; null when nothing is known of one
   */
  public record Entry(
      String namespace,
      String worker,
      String group,
      String schedule,
      String timeZone,
      boolean suspended,
      @Nullable Instant next,
      @Nullable Instant since,
      @Nullable Result last) {}

  /**
   * A group that is not restarted.
   *
   * @param namespace its namespace
   * @param group its name
   * @param worker the worker that failed; null when the record cannot be read
   * @param at when; null when the record cannot be read
   * @param sentence why
   * @param clear the command that lets it go on
   */
  public record Stopped(
      String namespace,
      String group,
      @Nullable String worker,
      @Nullable Instant at,
      String sentence,
      String clear) {}

  /**
   * A group as its Lease tells.
   *
   * @param namespace its namespace
   * @param group its name
   * @param record its record; null when it cannot be read
   * @param unreadable why it cannot be read; empty when it can
   */
  public record Group(
      String namespace, String group, @Nullable GroupRecord record, String unreadable) {}

  /** Copies the lists. */
  public Timetable {
    restarts = List.copyOf(restarts);
    stopped = List.copyOf(stopped);
  }

  /**
   * Makes it.
   *
   * @param cronJobs CronJobs; those that restart no worker are passed over
   * @param groups the groups
   * @param now the time
   * @return the timetable
   */
  public static Timetable of(List<CronJob> cronJobs, List<Group> groups, Instant now) {
    var entries = new ArrayList<Entry>();
    for (CronJob cronJob : cronJobs) {
      entry(cronJob, groups, now).ifPresent(entries::add);
    }
    entries.sort(
        Comparator.comparing(Entry::next, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Entry::namespace)
            .thenComparing(Entry::worker));
    return new Timetable(
        entries,
        groups.stream()
            .flatMap(group -> stopped(group, now).stream())
            .sorted(Comparator.comparing(Stopped::namespace).thenComparing(Stopped::group))
            .toList());
  }

  private static Optional<Entry> entry(CronJob cronJob, List<Group> groups, Instant now) {
    List<String> words = words(cronJob);
    String group = option(words, "--group");
    String worker = option(words, "--worker");
    boolean restarts = Collections.indexOfSubList(words, List.of("restart", "run")) >= 0;
    if (!restarts || group.isEmpty() || worker.isEmpty()) {
      return Optional.empty();
    }
    var spec = cronJob.getSpec();
    String namespace = cronJob.getMetadata().getNamespace();
    String zone = Objects.requireNonNullElse(spec.getTimeZone(), "Etc/UTC");
    boolean suspended = Boolean.TRUE.equals(spec.getSuspend());
    GroupRecord record =
        groups.stream()
            .filter(it -> it.namespace().equals(namespace) && it.group().equals(group))
            .flatMap(it -> Stream.ofNullable(it.record()))
            .findFirst()
            .orElse(GroupRecord.EMPTY)
            .judged(now);
    return Optional.of(
        new Entry(
            namespace,
            worker,
            group,
            spec.getSchedule(),
            zone,
            suspended,
            suspended
                ? null
                : DailySchedule.parse(spec.getSchedule(), zone)
                    .map(it -> it.next(now))
                    .orElse(null),
            record.holders().stream()
                .filter(it -> it.worker().equals(worker))
                .map(Holder::since)
                .findFirst()
                .orElse(null),
            record.result(worker).orElse(null)));
  }

  private static Optional<Stopped> stopped(Group group, Instant now) {
    String clear = Sentences.clearCommand(group.group(), group.namespace());
    GroupRecord record = group.record();
    if (record == null) {
      return Optional.of(
          new Stopped(
              group.namespace(),
              group.group(),
              null,
              null,
              "Its record cannot be read: " + group.unreadable() + ".",
              clear));
    }
    Failure failure = record.judged(now).failure();
    return failure == null
        ? Optional.empty()
        : Optional.of(
            new Stopped(
                group.namespace(),
                group.group(),
                failure.worker(),
                failure.at(),
                failure.sentence(),
                clear));
  }

  /** The command line of its container says whom it restarts. */
  private static List<String> words(CronJob cronJob) {
    var pod = cronJob.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
    return pod.getContainers().stream()
        .flatMap(it -> Stream.concat(it.getCommand().stream(), it.getArgs().stream()))
        .toList();
  }

  private static String option(List<String> words, String name) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals(name) && i + 1 < words.size()) {
        return words.get(i + 1);
      }
      if (words.get(i).startsWith(name + "=")) {
        return words.get(i).substring(name.length() + 1);
      }
    }
    return "";
  }
}
