package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.drain.DrainReport.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every cell of the table of verdicts, and the table in short. */
final class DrainCells {
  static final Instant REQUESTED = Instant.parse("2026-03-01T10:00:00Z");
  static final long GRACE = 60;

  /** The values of each column, in the order in which the table asks for them. */
  static final Map<String, List<String>> COLUMNS = columns();

  private DrainCells() {}

  private static Map<String, List<String>> columns() {
    var columns = new LinkedHashMap<String, List<String>>();
    columns.put(
        "container",
        List.of(
            "not started",
            "running",
            "Completed",
            "Error",
            "OOMKilled",
            "ContainerStatusUnknown",
            "Unknown",
            "StartError"));
    columns.put("exit", List.of("0", "1", "127", "137", "139", "143", "255"));
    columns.put(
        "report",
        List.of(
            "none",
            "Asked",
            "Signalled",
            "Hook Signalled",
            "Hook Ended 0",
            "Ended 0",
            "Ended 1",
            "Ended 137",
            "Ended 143"));
    columns.put(
        "finding",
        List.of(
            "none",
            DrainReport.NO_HANDLER,
            DrainReport.HANDLER_NOT_RUN,
            DrainReport.STARTED_AGAIN,
            DrainReport.FIRST_PROCESS_ENDS,
            DrainReport.START_FAILED,
            DrainReport.EXIT_UNKNOWN));
    columns.put("busy", List.of("no file", "gone", "there"));
    columns.put(
        "way",
        List.of(
            "in time",
            "at the grace",
            "before the request",
            "by force",
            "evicted by API",
            "evicted by kubelet",
            "node shutdown",
            "taint manager",
            "pod GC",
            "NodeLost"));
    columns.put("sidecar", List.of("none", "ended before", "ended after"));
    return columns;
  }

  /**
   * One cell.
   *
   * @param values value per column
   */
  record Cell(Map<String, String> values) {
    String get(String column) {
      return Objects.requireNonNull(values.get(column));
    }

    boolean ran() {
      return !get("container").equals("not started") && !get("container").equals("running");
    }

    boolean jobLeft() {
      return get("report").contains("Ended") && get("busy").equals("there");
    }

    int exit() {
      return Integer.parseInt(get("exit"));
    }

    PodEnd pod() {
      return new PodEnd("shop-7d4b9c-x2x9p", program(), others(), departure());
    }

    private PodEnd.Program program() {
      return switch (get("container")) {
        case "not started" -> new PodEnd.Program.NotStarted();
        case "running" -> new PodEnd.Program.Running();
        default -> new PodEnd.Program.Ended(end(), true);
      };
    }

    private ContainerEnd end() {
      return new ContainerEnd(
          "php", get("container"), exit(), message(), REQUESTED.minusSeconds(3600), finished());
    }

    private Instant finished() {
      return switch (get("way")) {
        case "before the request" -> REQUESTED.minusSeconds(5);
        case "at the grace" -> REQUESTED.plusSeconds(GRACE);
        default -> REQUESTED.plusSeconds(7);
      };
    }

    private List<ContainerEnd> others() {
      return switch (get("sidecar")) {
        case "ended before" -> List.of(sidecar("OOMKilled", 137, -1));
        case "ended after" -> List.of(sidecar("Error", 143, 1));
        default -> List.of();
      };
    }

    private ContainerEnd sidecar(String reason, int exit, int later) {
      return new ContainerEnd("proxy", reason, exit, null, null, finished().plusSeconds(later));
    }

    private @Nullable String message() {
      String report = get("report");
      if (report.equals("none")) {
        return null;
      }
      boolean hook = report.startsWith("Hook ");
      String[] words = report.substring(hook ? "Hook ".length() : 0).split(" ", -1);
      boolean ended = words[0].equals("Ended");
      var state = State.valueOf(words[0]);
      String finding = get("finding").equals("none") ? null : get("finding");
      Boolean busy = get("busy").equals("no file") ? null : get("busy").equals("there");
      return ReportText.of(
          new DrainReport(
              1,
              hook ? Program.Hook : Program.Wrap,
              state,
              "TERM",
              "TERM",
              List.of("php"),
              1,
              7L,
              ended ? Integer.valueOf(words[1]) : null,
              busy,
              0,
              finding,
              null));
    }

    private Departure departure() {
      return switch (get("way")) {
        case "by force" -> departure(REQUESTED, 0L, "Running", "", "");
        case "evicted by API" ->
            departure(REQUESTED, GRACE, "Running", "", Departure.BY_EVICTION_API);
        case "evicted by kubelet" ->
            departure(null, null, "Failed", "Evicted", Departure.BY_KUBELET);
        case "node shutdown" -> departure(null, null, "Failed", "Terminated", Departure.BY_KUBELET);
        case "taint manager" -> departure(REQUESTED, GRACE, "Running", "", Departure.BY_TAINT);
        case "pod GC" -> departure(REQUESTED, 0L, "Failed", "", Departure.BY_POD_GC);
        case "NodeLost" -> departure(REQUESTED, GRACE, "Running", Departure.NODE_LOST, "");
        default -> departure(REQUESTED, GRACE, "Running", "", "");
      };
    }

    private static Departure departure(
        @Nullable Instant requested,
        @Nullable Long grace,
        String phase,
        String reason,
        String disruption) {
      return new Departure(requested, true, grace, GRACE, phase, reason, disruption, true);
    }
  }

  /** Every cell, in the order of the columns. */
  static List<Cell> all() {
    List<Map<String, String>> cells = List.of(Map.of());
    for (var column : COLUMNS.entrySet()) {
      var more = new ArrayList<Map<String, String>>();
      for (var cell : cells) {
        for (String value : column.getValue()) {
          var values = new TreeMap<>(cell);
          values.put(column.getKey(), value);
          more.add(values);
        }
      }
      cells = more;
    }
    return cells.stream().map(Cell::new).toList();
  }

  /**
   * The table as a tree: a column stands only where it makes a difference, and values that lead to
   * the same stand together.
   *
   * @param verdicts what a cell gives
   * @return lines
   */
  static List<String> table(Function<Cell, String> verdicts) {
    return table(Map.of(), List.copyOf(COLUMNS.keySet()), verdicts);
  }

  private static List<String> table(
      Map<String, String> chosen, List<String> columns, Function<Cell, String> verdicts) {
    if (columns.isEmpty()) {
      return List.of("-> " + verdicts.apply(new Cell(chosen)));
    }
    String column = columns.getFirst();
    var groups = new LinkedHashMap<List<String>, List<String>>();
    for (String value : COLUMNS.getOrDefault(column, List.of())) {
      var more = new TreeMap<>(chosen);
      more.put(column, value);
      var below = table(more, columns.subList(1, columns.size()), verdicts);
      groups.computeIfAbsent(below, b -> new ArrayList<>()).add(value);
    }
    if (groups.size() == 1) {
      return groups.keySet().iterator().next();
    }
    var lines = new ArrayList<String>();
    groups.forEach(
        (below, values) -> {
          String head = "%s %s".formatted(column, String.join(" | ", values));
          if (below.size() == 1) {
            lines.add(head + " " + below.getFirst());
          } else {
            lines.add(head);
            below.forEach(line -> lines.add("  " + line));
          }
        });
    return List.copyOf(lines);
  }
}
