package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainStatus.Ended;
import dev.monolift.api.v1alpha1.DrainStatus.Totals;
import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds verdicts up. */
final class DrainTotals {
  private DrainTotals() {}

  /**
   * Totals with some more verdicts.
   *
   * @param before totals; null means none
   * @param ended what comes to them
   * @return new totals; null when there is nothing in them
   */
  static @Nullable Totals plus(@Nullable Totals before, List<Ended> ended) {
    if (ended.isEmpty()) {
      return before;
    }
    Totals old =
        before == null ? new Totals(null, null, null, null, null, null, null, null) : before;
    return new Totals(
        sum(old.clean(), Verdict.Clean, ended),
        sum(old.cut(), Verdict.Cut, ended),
        sum(old.killed(), Verdict.Killed, ended),
        sum(old.outOfMemory(), Verdict.OutOfMemory, ended),
        sum(old.crashed(), Verdict.Crashed, ended),
        sum(old.neverStarted(), Verdict.NeverStarted, ended),
        sum(old.nodeLost(), Verdict.NodeLost, ended),
        sum(old.unknown(), Verdict.Unknown, ended));
  }

  private static @Nullable Long sum(@Nullable Long before, Verdict verdict, List<Ended> ended) {
    long more = ended.stream().filter(end -> end.verdict() == verdict).count();
    return more == 0 ? before : Long.valueOf((before == null ? 0 : before) + more);
  }
}
