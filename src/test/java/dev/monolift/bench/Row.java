package dev.monolift.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table.
 *
 * @param measure what was measured
 * @param values what came out, one per number of workers, as text
 * @param isMet whether the value with most workers keeps the target; null where there is none
 * @param target what it shall be at 1,000 workers; empty where there is none
 * @param argo what Argo Rollouts 1.9 takes with 1,000 Rollouts; empty where it was not measured
 * @param toy what a 100-line operator with one child takes; empty where it was not measured
 */
record Row(
    String measure,
    List<String> values,
    @Nullable Boolean isMet,
    String target,
    String argo,
    String toy) {

  /** Copies the list. */
  Row {
    values = List.copyOf(values);
  }

  /** The cells of a line that begins with the measure; the verdict stands beside the target. */
  List<String> cells() {
    var cells = new ArrayList<String>();
    cells.add(measure);
    cells.addAll(values);
    cells.add(isMet == null ? target : target + (isMet ? ": kept" : ": missed"));
    cells.add(argo);
    cells.add(toy);
    return cells;
  }
}
