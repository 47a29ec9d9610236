package dev.monolift.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One request to the API server, from its audit log.
 *
 * @param user who sent it
 * @param verb verb of Kubernetes, for example patch
 * @param resource plural and subresource
 * @param namespace namespace; empty when there is none
 * @param name name; empty when there is none
 * @param code HTTP status code of the answer
 * @param received when the API server got it
 * @param answered when it was answered
 */
record Call(
    String user,
    String verb,
    String resource,
    String namespace,
    String name,
    int code,
    Instant received,
    Instant answered) {
  private static final Set<String> READS = Set.of("get", "list", "watch");

  /** What the operator does to know what it may, and to lead; neither changes what users see. */
  private static final Set<String> OWN_AFFAIRS =
      Set.of("selfsubjectaccessreviews", "selfsubjectrulesreviews");

  private static final String ELECTION = "monolift";

  boolean isRead() {
    return READS.contains(verb);
  }

  private boolean isOwnAffair() {
    return OWN_AFFAIRS.contains(resource) || (resource.equals("leases") && name.equals(ELECTION));
  }

  /** Whether it changes what users see. */
  boolean isWrite() {
    return !isRead() && !isOwnAffair();
  }

  /** A write of a child: neither of the resource itself nor of an event. */
  boolean isOfChild() {
    return isWrite() && !resource.startsWith("monolithworkers") && !resource.equals("events");
  }

  boolean isStatus() {
    return isWrite() && resource.equals("monolithworkers/status");
  }

  /** Counts by verb and kind, in the alphabet's order. */
  static Map<String, Long> counts(List<Call> calls) {
    var counts = new TreeMap<String, Long>();
    calls.forEach(call -> counts.merge(call.verb + " " + call.resource, 1L, Long::sum));
    return counts;
  }

  static List<Call> writes(List<Call> calls) {
    return calls.stream().filter(Call::isWrite).toList();
  }

  /** Writes that lead somewhere: events only tell. */
  static List<Call> steps(List<Call> calls) {
    return calls.stream()
        .filter(call -> call.isWrite() && !call.resource().equals("events"))
        .toList();
  }

  /** Reads, without those of the Lease. */
  static List<Call> reads(List<Call> calls) {
    return calls.stream().filter(call -> call.isRead() && !call.isOwnAffair()).toList();
  }

  static Optional<Instant> first(List<Call> calls) {
    return calls.stream().map(Call::received).min(Comparator.naturalOrder());
  }

  static Optional<Instant> last(List<Call> calls) {
    return calls.stream().map(Call::answered).max(Comparator.naturalOrder());
  }

  /** Seconds from a moment to the last answer; 0 without any. */
  static double secondsTo(List<Call> calls, Instant from) {
    return last(calls).map(end -> Duration.between(from, end).toNanos() / 1e9).orElse(0.0);
  }
}
