package dev.monolift.consumers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a history change by change and finds every moment at which a consumer came although the
 * bound was reached. Every pod of the namespace is taken for a consumer, whatever its labels.
 */
final class Checker {
  private final Map<String, Fact.Pod> pods = new HashMap<>();
  private final Bound bound = new Bound();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Opening> openings = new ArrayList<>();
  private Fact.@Nullable Worker worker;
  private int most;
  private int mostTerminating;

  /**
   * A moment at which there were too many.
   *
   * @param version etcd's number of the change that brought one too many
   * @param live consumers then
   * @param bound the bound in force then
   * @param who the consumers
   */
  record Finding(long version, int live, int bound, String who) {}

  /**
   * A pod that became a consumer.
   *
   * @param uid its uid
   * @param version etcd's number of the change
   */
  record Opening(String uid, long version) {}

  /**
   * What a history has shown.
   *
   * @param findings moments with too many consumers
   * @param openings pods that became consumers
   * @param most most consumers at once
   * @param mostTerminating most of them that were terminating at once
   */
  record Verdict(List<Finding> findings, List<Opening> openings, int most, int mostTerminating) {}

  private Checker() {}

  /** Reads a history. */
  static Checker read(List<Fact> facts) {
    var checker = new Checker();
    facts.forEach(checker::take);
    return checker;
  }

  /** The pods that are there. */
  Collection<Fact.Pod> pods() {
    return List.copyOf(pods.values());
  }

  Verdict verdict() {
    return new Verdict(List.copyOf(findings), List.copyOf(openings), most, mostTerminating);
  }

  private void take(Fact fact) {
    switch (fact) {
      case Fact.Worker changed -> {
        worker = changed;
        bound.take(changed);
      }
      case Fact.Pod pod -> take(pod);
    }
  }

  private void take(Fact.Pod pod) {
    var before = pod.state().exists() ? pods.put(pod.uid(), pod) : pods.remove(pod.uid());
    var live = pods.values().stream().filter(Fact.Pod::isLive).toList();
    most = Math.max(most, live.size());
    mostTerminating =
        Math.max(mostTerminating, (int) live.stream().filter(Fact.Pod::isTerminating).count());
    if (pod.isLive() && (before == null || !before.isLive())) {
      openings.add(new Opening(pod.uid(), pod.version()));
      if (live.size() > bound.most()) {
        findings.add(
            new Finding(
                pod.version(),
                live.size(),
                bound.most(),
                live.stream().map(Checker::described).sorted().collect(Collectors.joining(", "))));
      }
    }
  }

  /**
   * What is missing at the end, when nobody changes anything any more and nothing is terminating.
   *
   * @param template the template that all pods shall have
   * @return a sentence; empty when every place is taken that shall be
   */
  String missing(String template) {
    var last = Objects.requireNonNull(worker, "there is no worker");
    int max = last.max() == null ? Bound.NONE : last.max();
    int wanted = Math.min(last.replicas(), max);
    var running = pods.values().stream().filter(Fact.Pod::isRunning).toList();
    var live = pods.values().stream().filter(Fact.Pod::isLive).toList();
    long waiting = pods.values().stream().filter(Fact.Pod::isWaiting).count();
    if (waiting > 0 && live.size() < max) {
      return waiting + " wait at the gate while " + live.size() + " of " + max + " run: " + all();
    }
    if (running.size() != wanted || live.size() != wanted) {
      return running.size() + " of " + wanted + " run: " + all();
    }
    return running.stream().allMatch(pod -> pod.template().equals(template))
        ? ""
        : "not all have template " + template + ": " + all();
  }

  /** Every pod that is there. */
  private String all() {
    return pods.values().stream()
        .map(Checker::described)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String described(Fact.Pod pod) {
    return pod.name()
        + " "
        + pod.state().phase()
        + (pod.state().gated() ? " gated" : "")
        + (pod.state().deleting() ? " terminating" : "")
        + " template "
        + pod.template();
  }
}
