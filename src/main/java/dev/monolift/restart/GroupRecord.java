package dev.monolift.restart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of a group know of each other. It is written by compare-and-set, as a whole.
 *
 * @param holders the Jobs that have their turn
 * @param failure why the group is stopped; null when it is not
 * @param results what became of the last Job of each worker
 */
public record GroupRecord(List<Holder> holders, @Nullable Failure failure, List<Result> results) {
  /** A group in which nothing has happened yet. */
  public static final GroupRecord EMPTY = new GroupRecord(List.of(), null, List.of());

  /** Copies the lists. */
  public GroupRecord {
    holders = List.copyOf(holders);
    results = List.copyOf(results);
  }

  /**
   * The turn of a Job.
   *
   * @param job uid of the Job
   * @return empty when it has none
   */
  public Optional<Holder> holder(String job) {
    return holders.stream().filter(holder -> holder.job().equals(job)).findFirst();
  }

  /**
   * The last result of a worker.
   *
   * @param worker name of the worker
   * @return empty when there is none
   */
  public Optional<Result> result(String worker) {
    return results.stream().filter(result -> result.worker().equals(worker)).findFirst();
  }

  /**
   * Gives a Job its turn.
   *
   * @param holder the Job
   * @return the new record
   */
  GroupRecord with(Holder holder) {
    return new GroupRecord(
        Stream.concat(holders.stream(), Stream.of(holder)).toList(), failure, results);
  }

  /**
   * Ends the turn of a Job, if it had one, and keeps its result. The first failure of a group
   * stays: it is the one to look at.
   *
   * @param result what became of the Job
   * @param stops whether the group stops
   * @return the new record
   */
  GroupRecord ended(Result result, boolean stops) {
    var kept = new ArrayList<>(results);
    kept.removeIf(other -> other.worker().equals(result.worker()));
    kept.add(result);
    return new GroupRecord(
        holders.stream().filter(holder -> !holder.job().equals(result.job())).toList(),
        failure == null && stops
            ? new Failure(result.worker(), result.at(), result.sentence())
            : failure,
        kept);
  }

  /**
   * The record with its silent holders as failures. Nobody knows how their restart ended, so it
   * must not be taken for a good one.
   *
   * @param now the time
   * @return the same record when no holder is silent
   */
  public GroupRecord judged(Instant now) {
    return judged(now, "");
  }

  /**
   * The same, but for one Job, which knows better.
   *
   * @param now the time
   * @param except uid of the Job
   */
  GroupRecord judged(Instant now, String except) {
    GroupRecord judged = this;
    for (Holder holder : holders) {
      if (!holder.job().equals(except) && now.isAfter(holder.until())) {
        judged =
            judged.ended(
                new Result(
                    holder.worker(), holder.job(), now, Outcome.Failed, Sentences.silent(holder)),
                true);
      }
    }
    return judged;
  }

  /**
   * The record of a group that may go on.
   *
   * @return the same without the failure
   */
  public GroupRecord cleared() {
    return new GroupRecord(holders, null, results);
  }
}
