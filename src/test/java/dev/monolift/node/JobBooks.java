package dev.monolift.node;

import dev.monolift.node.LedgerLine.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What became of each job, from the ledger. */
final class JobBooks {
  private final Map<Long, List<LedgerLine>> jobs = new LinkedHashMap<>();

  /**
   * Jobs of one queue.
   *
   * @param started how often a pod has taken one
   * @param finished how many are done
   * @param returned how often one was given back
   * @param cut how many were started and neither finished nor returned by the same pod
   */
  record Tally(int started, int finished, int returned, int cut) {}

  /**
   * Books.
   *
   * @param ledger the ledger, when no pod works any more
   */
  JobBooks(List<LedgerLine> ledger) {
    ledger.forEach(line -> jobs.computeIfAbsent(line.job(), _ -> new ArrayList<>()).add(line));
  }

  /** The starts of the jobs that were cut. */
  List<LedgerLine> cut() {
    return all(Event.started).stream().filter(this::wasCut).toList();
  }

  private boolean wasCut(LedgerLine start) {
    return of(start).stream()
        .noneMatch(line -> line.pod().equals(start.pod()) && line.event() != Event.started);
  }

  /** What no correct queue and no correct worker do: jobs done twice, or done by nobody. */
  List<String> faults() {
    var faults = new ArrayList<String>();
    jobs.forEach((job, lines) -> faults.addAll(faults(job, lines)));
    return faults;
  }

  private static List<String> faults(long job, List<LedgerLine> lines) {
    var faults = new ArrayList<String>();
    long starts = count(lines, Event.started);
    long returns = count(lines, Event.returned);
    if (starts - returns > 1) {
      faults.add("job " + job + " was taken twice: " + lines);
    }
    if (count(lines, Event.finished) > 1) {
      faults.add("job " + job + " was done twice: " + lines);
    }
    if (starts < returns + count(lines, Event.finished)) {
      faults.add("job " + job + " has an end without a start: " + lines);
    }
    return faults;
  }

  /** The jobs of each queue. */
  Map<String, Tally> tallies() {
    var tallies = new TreeMap<String, Tally>();
    var cut = cut();
    all()
        .map(LedgerLine::queue)
        .distinct()
        .forEach(
            queue ->
                tallies.put(
                    queue,
                    new Tally(
                        count(queue, all(Event.started)),
                        count(queue, all(Event.finished)),
                        count(queue, all(Event.returned)),
                        count(queue, cut))));
    return tallies;
  }

  private List<LedgerLine> of(LedgerLine line) {
    return jobs.getOrDefault(line.job(), List.of());
  }

  private Stream<LedgerLine> all() {
    return jobs.values().stream().flatMap(Collection::stream);
  }

  private List<LedgerLine> all(Event event) {
    return all().filter(line -> line.event() == event).toList();
  }

  private static long count(List<LedgerLine> lines, Event event) {
    return lines.stream().filter(line -> line.event() == event).count();
  }

  private static int count(String queue, List<LedgerLine> lines) {
    return (int) lines.stream().filter(line -> line.queue().equals(queue)).count();
  }
}
