package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerSpec;
import dev.monolift.plan.GatePod;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The consumers of a worker's queue, as the cache shows them.
 *
 * @param max how many may run
 * @param running how many run or may start at any time, those that are ending among them
 * @param ending how many of these are ending
 * @param waiting how many wait at the start gate although it is known that there is no place for
 *     them; one that finds a place is started by the very pass that sees it
 */
record Consumers(int max, int running, int ending, int waiting) {

  /** The bound that a user set; null means none. */
  static @Nullable Integer max(MonolithWorkerSpec spec) {
    return spec.consumers() == null ? null : spec.consumers().max();
  }

  /**
   * Counts them.
   *
   * @param worker the worker
   * @param pods its pods
   * @return counts; empty when the worker has no bound
   */
  static Optional<Consumers> of(MonolithWorker worker, List<Pod> pods) {
    Integer max = max(worker.getSpec());
    if (max == null) {
      return Optional.empty();
    }
    List<GatePod> all = pods.stream().map(GatePod::of).toList();
    int running = (int) all.stream().filter(GatePod::isAlive).count();
    int ending = (int) all.stream().filter(pod -> pod.isAlive() && pod.deleting()).count();
    int gated = (int) all.stream().filter(GatePod::isWaiting).count();
    int free = Math.max(0, max - running);
    return Optional.of(new Consumers(max, running, ending, Math.max(0, gated - free)));
  }

  /** For the Ready condition: why pods do not start. Empty when none waits. */
  String whyPodsWait() {
    return waiting == 0 ? "" : waitingText() + ": " + runningText() + ".";
  }

  /** How many wait. */
  String waitingText() {
    return waiting == 1 ? "1 pod waits for its start" : waiting + " pods wait for their start";
  }

  /** How many run. */
  String runningText() {
    return running
        + " of at most "
        + max
        + (max == 1 ? " consumer" : " consumers")
        + (running == 1 ? " runs" : " run")
        + endingText();
  }

  /** How many of those that run are ending; empty when none is. */
  String endingText() {
    if (ending == 0) {
      return "";
    }
    return running == 1
        ? ", and it is still ending"
        : ", " + ending + " of them " + (ending == 1 ? "is" : "are") + " still ending";
  }
}
