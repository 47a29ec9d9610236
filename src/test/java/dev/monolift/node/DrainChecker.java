package dev.monolift.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run by what the database, the test's own watch and the status of the workers say. It
 * shares no code with the operator.
 */
final class DrainChecker {
  /** How long after the end of a pod its verdict may take. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final Evidence evidence;
  private final Set<String> watched;
  private final int budgetMillis;
  private final JobBooks books;
  private final Map<String, LedgerLine> cut = new HashMap<>();
  private final Map<String, Verdict> verdicts = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private int judged;
  private Duration slowest = Duration.ZERO;
  private Duration slowestAfterAbsence = Duration.ZERO;

  /**
   * The result.
   *
   * @param faults what must not be, a sentence each
   * @param judged number of pods with a verdict
   * @param slowest longest time from the end of a pod to its verdict while an operator led
   * @param slowestAfterAbsence the same for pods that ended while none did, from its return on
   */
  record Report(List<String> faults, int judged, Duration slowest, Duration slowestAfterAbsence) {}

  private DrainChecker(Evidence evidence, Set<String> watched, int budgetMillis) {
    this.evidence = evidence;
    this.watched = watched;
    this.budgetMillis = budgetMillis;
    this.books = new JobBooks(evidence.ledger());
    books.cut().forEach(job -> cut.put(job.pod(), job));
    evidence.verdicts().forEach(verdict -> verdicts.put(verdict.pod(), verdict));
  }

  /**
   * Judges.
   *
   * @param evidence what the run has left behind
   * @param watched names of the MonolithWorkers; the rest is there for comparison
   * @param budgetMillis longest job that none of them may cut
   */
  static Report judge(Evidence evidence, Set<String> watched, int budgetMillis) {
    var checker = new DrainChecker(evidence, watched, budgetMillis);
    checker.jobs();
    evidence.pods().stream().filter(pod -> watched.contains(pod.subject())).forEach(checker::pod);
    watched.stream().sorted().forEach(checker::totals);
    return new Report(
        List.copyOf(checker.faults), checker.judged, checker.slowest, checker.slowestAfterAbsence);
  }

  private void jobs() {
    faults.addAll(books.faults());
    books.cut().stream()
        .filter(job -> watched.contains(job.queue()) && job.millis() <= budgetMillis)
        .forEach(
            job ->
                faults.add(
                    "job %d of %d ms, within the budget of %d ms, was cut with pod %s: %s"
                        .formatted(
                            job.job(),
                            job.millis(),
                            budgetMillis,
                            job.pod(),
                            verdicts.get(job.pod()))));
  }

  private void pod(PodLife pod) {
    Instant ended = pod.ended();
    Verdict verdict = verdicts.get(pod.pod());
    if (ended == null) {
      faults.add("pod " + pod.pod() + " has not ended");
    } else if (verdict != null) {
      verdict(pod, ended, verdict);
    } else if (pod.hasRun()) {
      faults.add("pod " + pod.pod() + " has no verdict: " + pod);
    }
  }

  private void verdict(PodLife pod, Instant ended, Verdict verdict) {
    judged++;
    if (verdict.verdict().equals("Unknown")) {
      faults.add("nobody knows how pod " + pod.pod() + " ended: " + verdict);
    }
    LedgerLine job = cut.get(pod.pod());
    if ((job != null) == verdict.isHarmless()) {
      String ledger = job == null ? "no job was cut" : "job " + job.job() + " was cut";
      faults.add("by the ledger of pod " + pod.pod() + " " + ledger + ", but: " + verdict);
    }
    String cause = cause(pod);
    if (!verdict.cause().equals(cause)) {
      faults.add("pod " + pod.pod() + " ended by " + cause + ", not as it is said: " + verdict);
    }
    time(ended, verdict);
  }

  /** The cause of the latest deed before the request; null when there is none. */
  private @Nullable String cause(PodLife pod) {
    Instant requested = Objects.requireNonNullElse(pod.requested(), Instant.EPOCH);
    return evidence.deeds().stream()
        .filter(deed -> deed.subject().equals(pod.subject()) && !deed.from().isAfter(requested))
        .reduce((_, last) -> last)
        .map(Deed::cause)
        .orElse(null);
  }

  private void time(Instant ended, Verdict verdict) {
    Instant due = ended.plus(LIMIT);
    Instant open = verdict.seen().isBefore(due) ? verdict.seen() : due;
    Optional<Instant> back =
        evidence.absences().stream()
            .filter(absence -> absence.touches(ended, open))
            .map(Absence::to)
            .max(Comparator.naturalOrder());
    Duration took = Duration.between(back.orElse(ended), verdict.seen());
    if (back.isPresent()) {
      slowestAfterAbsence = longer(slowestAfterAbsence, took);
    } else {
      slowest = longer(slowest, took);
    }
    if (took.compareTo(LIMIT) > 0) {
      faults.add(
          "the verdict on pod %s came %d ms after %s"
              .formatted(
                  verdict.pod(),
                  took.toMillis(),
                  back.isPresent() ? "an operator led again" : "its end"));
    }
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** Each pod counts once. */
  private void totals(String worker) {
    long known =
        evidence.pods().stream()
            .filter(pod -> pod.subject().equals(worker) && verdicts.containsKey(pod.pod()))
            .count();
    long counted = evidence.counted().getOrDefault(worker, 0L);
    if (known != counted) {
      faults.add("%s counts %d ended pods, but has told of %d".formatted(worker, counted, known));
    }
  }
}
