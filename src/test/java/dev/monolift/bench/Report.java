package dev.monolift.bench;

import dev.monolift.kube.ChildInformers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** What was measured, beside what it shall be: the targets are those of 1,000 workers. */
final class Report {
  private final List<Figures> all;

  Report(List<Figures> all) {
    this.all = List.copyOf(all);
  }

  List<String> heading() {
    var cells = new ArrayList<>(List.of("workers"));
    all.forEach(figures -> cells.add(String.format(Locale.ROOT, "%,d", figures.workers())));
    cells.addAll(List.of("target", "Argo Rollouts", "toy"));
    return cells;
  }

  List<Row> rows() {
    return List.of(
        row(
            "RSS with no object / peak / idle, MiB",
            f -> memory(f.memory()),
            f ->
                f.memory().noObject() <= 130
                    && f.memory().peak() <= 180
                    && f.memory().idle() <= 165,
            new Beside("130 / 180 / 165", "66 / 171–192 / 163–179", "121 / 164 / 162")),
        row(
            "bare-write floor: children written, s",
            f -> seconds(f.floor().appliedSeconds()),
            Beside.NOTHING),
        row(
            "bare-write floor: pods run, s",
            f -> seconds(f.floor().settledSeconds()),
            Beside.NOTHING),
        row(
            "creation: children written, s",
            f -> seconds(f.creation().childrenSeconds()),
            Beside.NOTHING),
        row(
            "creation: all reconciled, s (times the floor)",
            f ->
                seconds(f.creation().reconciledSeconds())
                    + " (%.2f)"
                        .formatted(f.creation().reconciledSeconds() / f.floor().appliedSeconds()),
            f -> f.creation().reconciledSeconds() <= 1.3 * f.floor().appliedSeconds(),
            new Beside("1.3 times the floor", "84–155 s", "about 41 s")),
        row(
            "creation: all Ready, s (times the floor)",
            f ->
                seconds(f.creation().settledSeconds())
                    + " (%.2f)"
                        .formatted(f.creation().settledSeconds() / f.floor().settledSeconds()),
            Beside.NOTHING),
        row(
            "creation: CPU ms per worker",
            f -> number(f.creation().cpuSeconds() * 1000 / f.workers()),
            new Beside("", "33–42", "10")),
        row(
            "creation: passes per worker",
            f -> number((double) f.creation().passes() / f.workers()),
            Beside.NOTHING),
        row(
            "creation: CPU ms per write",
            f -> number(f.creation().cpuPerWriteMillis()),
            f -> f.creation().cpuPerWriteMillis() <= 4,
            new Beside("4", "", "3.3")),
        row(
            "creation: writes per child",
            f -> number((double) f.creation().childWrites() / f.floor().children()),
            f -> f.creation().childWrites() <= f.floor().children(),
            new Beside("1", "7", "3")),
        row(
            "creation: status writes per worker",
            f -> number((double) f.creation().statusWrites() / f.workers()),
            f -> f.creation().statusWrites() <= 2 * f.workers(),
            new Beside("2", "", "")),
        row(
            "creation: events per worker",
            f -> number((double) f.creation().eventWrites() / f.workers()),
            new Beside("", "2", "")),
        row("creation: reads", f -> byVerb(f.creation().reads()), Beside.NOTHING),
        row(
            "restart to the last reconcile, s",
            f -> seconds(f.restart().lastPassSeconds()),
            f -> f.restart().lastPassSeconds() <= 5,
            new Beside("5", "30–52", "2.1")),
        row("restart: CPU s", f -> seconds(f.restart().cpuSeconds()), Beside.NOTHING),
        row(
            "restart: writes, events too",
            f -> byVerb(f.restart().writes()),
            f -> f.restart().writes().isEmpty(),
            new Beside("0", "1,000", "0")),
        row(
            "restart: reads",
            f -> byVerb(f.restart().reads()),
            f -> isOneListPerWatch(f.restart().reads(), f.workers()),
            new Beside("one LIST per watched kind", "1,000 LISTs of pods", "2 LISTs")),
        row(
            "idle: CPU s per minute",
            f -> "%.2f".formatted(f.idle().cpuSecondsPerMinute()),
            f -> f.idle().cpuSecondsPerMinute() <= 0.4,
            new Beside("0.4", "0.11", "0.4")),
        row(
            "idle: writes",
            f -> byVerb(f.idle().writes()),
            f -> f.idle().writes().isEmpty(),
            new Beside("0", "0", "0")),
        row(
            "idle: reads but watches",
            f -> byVerb(withoutWatches(f.idle().reads())),
            f -> withoutWatches(f.idle().reads()).isEmpty(),
            new Beside("0", "", "")),
        row(
            "spec change to first child write, p50 / p95, ms",
            f -> latency(f.change()),
            f -> f.change().p50Millis() <= 10 && f.change().p95Millis() <= 50,
            new Beside("10 / 50", "6.9 / 226", "6.5 / 35")),
        row(
            "free slot and waiting pod to open gate, p50 / p95, ms",
            f -> latency(f.gate()),
            Beside.NOTHING));
  }

  /**
   * What stands beside the measured values; empty texts where there is nothing.
   *
   * @param target of ours
   * @param argo Argo Rollouts 1.9 with 1,000 Rollouts, as issue 5 has it
   * @param toy an operator of 100 lines on the same framework, with one child, as issue 5 has it
   */
  private record Beside(String target, String argo, String toy) {
    static final Beside NOTHING = new Beside("", "", "");
  }

  private Row row(String measure, Function<Figures, String> value, Beside beside) {
    return new Row(
        measure, all.stream().map(value).toList(), null, beside.target, beside.argo, beside.toy);
  }

  private Row row(
      String measure, Function<Figures, String> value, Predicate<Figures> met, Beside beside) {
    return new Row(
        measure,
        all.stream().map(value).toList(),
        all.stream().allMatch(met),
        beside.target,
        beside.argo,
        beside.toy);
  }

  /** The API server hands out a list in pages; each kind is listed once. */
  private static boolean isOneListPerWatch(Map<String, Long> reads, int workers) {
    long pages = 1 + 2L * workers / ChildInformers.LIST_PAGE;
    return reads.entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith("watch "))
        .allMatch(entry -> entry.getKey().startsWith("list ") && entry.getValue() <= pages);
  }

  private static Map<String, Long> withoutWatches(Map<String, Long> reads) {
    var others = new TreeMap<>(reads);
    others.keySet().removeIf(read -> read.startsWith("watch "));
    return others;
  }

  private static String memory(Figures.Memory memory) {
    return "%.0f / %.0f / %.0f".formatted(memory.noObject(), memory.peak(), memory.idle());
  }

  private static String latency(Figures.Latency latency) {
    return "%.1f / %.1f".formatted(latency.p50Millis(), latency.p95Millis());
  }

  private static String seconds(double seconds) {
    return "%.1f".formatted(seconds);
  }

  private static String number(double number) {
    return "%.2f".formatted(number);
  }

  /** How many of each verb; by kind they are in the JSON. */
  private static String byVerb(Map<String, Long> byKind) {
    var counts = new TreeMap<String, Long>();
    byKind.forEach(
        (what, count) -> counts.merge(what.substring(0, what.indexOf(' ')), count, Long::sum));
    if (counts.isEmpty()) {
      return "0";
    }
    var text = new StringBuilder();
    counts.forEach(
        (what, count) ->
            text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(what));
    return text.toString();
  }
}
