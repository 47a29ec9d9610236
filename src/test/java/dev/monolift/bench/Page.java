package dev.monolift.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The figures as a text for a terminal and as a page. */
final class Page {
  private final Report report;
  private final Machine machine;

  Page(Report report, Machine machine) {
    this.report = report;
    this.machine = machine;
  }

  /** A table whose columns stand below each other. */
  List<String> table() {
    var lines = new ArrayList<List<String>>();
    lines.add(report.heading());
    report.rows().forEach(row -> lines.add(row.cells()));
    List<Integer> widths =
        IntStream.range(0, lines.getFirst().size())
            .mapToObj(column -> lines.stream().map(l -> l.get(column).length()).toList())
            .map(Collections::max)
            .toList();
    return lines.stream().map(line -> aligned(line, widths)).toList();
  }

  private static String aligned(List<String> cells, List<Integer> widths) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(cells.get(i)).append(" ".repeat(widths.get(i) - cells.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  /**
   * {@code docs/benchmarks.md}.
   *
   * @param command what was run
   * @param day when
   */
  String markdown(String command, LocalDate day) {
    var rows = new ArrayList<String>();
    rows.add(cells(report.heading()));
    rows.add(
        report.heading().stream()
            .map(cell -> "---")
            .collect(Collectors.joining(" | ", "| ", " |")));
    report.rows().forEach(row -> rows.add(cells(row.cells())));
    return """
      # What the operator costs

      <!-- Generated. Do not edit; run: %s -->
      Measured on %s: %s

      `./monolift bench` starts a control plane of its own (etcd, kube-apiserver, kube-controller-manager, kube-scheduler, and KWOK, which plays the
      node), on the same processors as the operator, and measures with 100 and with 1,000 workers. It takes about half an hour. Each worker has DNS settings
      with a `php.ini` directive, the drain program, in-place restarts, followed logs and a restart once a day: eight children. A bound on consumers is
      measured apart, at one worker, because the floor has nobody who opens gates. The operator is a process
      of its own, with the flags of the start script and the rights that `operator/` ships. Run it with nothing beside.

      %s

      - **Floor**: the same workers are created in a fresh control plane, and their children applied by a plain loop of the same client with the same
        concurrency. Nobody watches, compares or reports. "Reconciled" is the moment when each worker has its children and a status.
      - **Writes, reads and times** come from the API server's audit log; renewing the leader's Lease is not counted. A LIST is handed out in
        pages of 500 objects, each of which is a request. CPU and memory come from `/proc`; CPU is that of the operator's process alone.
      - **Idle** is the average of a span in which nobody changes anything, five minutes unless the command says otherwise. Each worker also has a pass
        every 30 minutes, which is not in it.
      - **Spec change**: a new image; from the answer to the change until the API server gets the first write of a child, one change at a time.
      - **Restart**: from the start of the process, the JVM's own start included, to the end of the last pass.
      - **Argo Rollouts** 1.9 with 1,000 Rollouts, and a **toy** of 100 lines on our framework with one child, were measured once on such a machine,
        to know what is possible.

      ## Where a target is missed
      - **Memory**: the collector fills the heap up to its limit (144 MB) before it looks what can go, so these figures are limits rather than needs.
        After a collection 63 MB are in use with 1,000 workers, 76 MB while all of them are created at once (`MONOLIFT_JAVA_OPTS=-Xlog:gc`).
      - **Creation** takes longer than the floor because five of the eight children are looked for before they are made: what somebody else has made
        under such a name is not taken. The floor does not look, has no watches, and writes neither statuses nor events.
      - **Status writes**: a pod that runs before its Deployment says so is noted at once, so that its end cannot be missed.
      - **Idle** and **spec change**: nobody has found out yet what takes the rest.
      - **Restart** is the start of the JVM, which compiles everything anew, and then reading and comparing all children of all workers.
      """
        .formatted(command, day, machine.sentence(), String.join("\n", rows));
  }

  private static String cells(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
