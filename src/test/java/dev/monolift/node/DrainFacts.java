package dev.monolift.node;

import dev.monolift.node.JobBooks.Tally;
import java.util.Arrays;
import java.util.Map;

/**
 * What the page of the proof says of a run.
 *
 * @param tallies jobs of each queue
 * @param report what the checker says
 */
record DrainFacts(Map<String, Tally> tallies, DrainChecker.Report report) {
  private static final Tally NONE = new Tally(0, 0, 0, 0);

  DrainFacts {
    tallies = Map.copyOf(tallies);
  }

  /** Number of jobs that were cut without Monolift. */
  int cutWithout() {
    return Arrays.stream(WorkerShape.values())
        .mapToInt(shape -> tally(shape.worker().plain()).cut())
        .sum();
  }

  /**
   * The run as a whole.
   *
   * @param ended number of pods of workers that have ended
   * @param seed what it was made from
   */
  String figure(int ended, long seed) {
    return ("%d pods ended under load (seed %d) by scale-in, rollout, a second rollout during the first, the daily restart,"
            + " deletion, eviction, kubectl drain, with the leader killed in the middle, and with no operator at all (held pods):"
            + " 0 jobs cut; %d verdicts, none Unknown, the slowest %d ms after the end of its pod, or %d ms after an operator led again")
        .formatted(
            ended,
            seed,
            report.judged(),
            report.slowest().toMillis(),
            report.slowestAfterAbsence().toMillis());
  }

  /** A row of the comparison. */
  String figure(WorkerShape shape) {
    return "with Monolift: %s; a plain Deployment: %s"
        .formatted(row(tally(shape.worker())), row(tally(shape.worker().plain())));
  }

  private Tally tally(Subject subject) {
    return tallies.getOrDefault(subject.name(), NONE);
  }

  private static String row(Tally tally) {
    return "%d started, %d finished, %d given back, %d cut"
        .formatted(tally.started(), tally.finished(), tally.returned(), tally.cut());
  }
}
