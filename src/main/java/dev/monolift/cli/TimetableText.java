package dev.monolift.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.monolift.restart.Result;
import dev.monolift.restart.Sentences;
import dev.monolift.restart.Timetable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What {@code monolift restart ls} prints. */
final class TimetableText {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private TimetableText() {}

  /** For people: each time in the worker's own zone, and how far away it is. */
  static String of(Timetable timetable, Instant now) {
    var text = new StringBuilder();
    if (timetable.restarts().isEmpty()) {
      text.append("No worker is restarted once a day here.\n");
    } else {
      var rows = new ArrayList<List<String>>();
      rows.add(List.of("NEXT", "IN", "WORKER", "GROUP", "LAST"));
      timetable.restarts().forEach(entry -> rows.add(row(entry, now)));
      table(text, rows);
    }
    for (Timetable.Stopped group : timetable.stopped()) {
      text.append(
          "%nGroup %s/%s is stopped%s. %s%n  Once that is put right: %s%n"
              .formatted(
                  group.namespace(),
                  group.group(),
                  group.at() == null
                      ? ""
                      : " since " + group.at() + " because of worker " + group.worker(),
                  group.sentence(),
                  group.clear()));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static List<String> row(Timetable.Entry entry, Instant now) {
    Instant next = entry.next();
    ZoneId zone = zone(entry.timeZone());
    String when = next == null ? entry.schedule() : MINUTE.format(next.atZone(zone));
    return List.of(
        entry.suspended() ? "suspended" : when + " " + entry.timeZone(),
        next == null ? "-" : Sentences.span(Duration.between(now, next)),
        entry.namespace() + "/" + entry.worker(),
        entry.group(),
        last(entry, zone));
  }

  private static String last(Timetable.Entry entry, ZoneId zone) {
    Instant since = entry.since();
    if (since != null) {
      return "Restarting since " + MINUTE.format(since.atZone(zone));
    }
    Result last = entry.last();
    return last == null
        ? "-"
        : "%s %s: %s"
            .formatted(last.outcome(), MINUTE.format(last.at().atZone(zone)), last.sentence());
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  private static void table(StringBuilder text, List<List<String>> rows) {
    int columns = rows.getFirst().size();
    List<Integer> widths =
        IntStream.range(0, columns - 1)
            .mapToObj(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toList();
    for (List<String> row : rows) {
      for (int i = 0; i < columns - 1; i++) {
        text.append(row.get(i)).append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
      }
      text.append(row.getLast()).append('\n');
    }
  }

  /** For programs: all times in UTC. */
  static String json(Timetable timetable) throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    var restarts = root.putArray("restarts");
    for (Timetable.Entry entry : timetable.restarts()) {
      ObjectNode node =
          restarts
              .addObject()
              .put("namespace", entry.namespace())
              .put("worker", entry.worker())
              .put("group", entry.group())
              .put("schedule", entry.schedule())
              .put("timeZone", entry.timeZone())
              .put("suspended", entry.suspended())
              .put("next", string(entry.next()))
              .put("restartingSince", string(entry.since()));
      Result last = entry.last();
      if (last == null) {
        node.putNull("last");
      } else {
        node.putObject("last")
            .put("at", string(last.at()))
            .put("outcome", last.outcome().name())
            .put("sentence", last.sentence());
      }
    }
    var stopped = root.putArray("stoppedGroups");
    for (Timetable.Stopped group : timetable.stopped()) {
      stopped
          .addObject()
          .put("namespace", group.namespace())
          .put("group", group.group())
          .put("worker", group.worker())
          .put("at", string(group.at()))
          .put("sentence", group.sentence())
          .put("clear", group.clear());
    }
    return JSON.writeValueAsString(root) + "\n";
  }

  private static @Nullable String string(@Nullable Instant time) {
    return time == null ? null : Objects.toString(time);
  }
}
