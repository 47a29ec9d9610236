package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec;
import dev.monolift.drain.DrainResult.Finding;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a pod may take to end.
 *
 * @param preStop seconds that the user's preStop sleeps
 * @param waiting longest blocking wait in seconds
 * @param job longest job in seconds
 * @param rounds how often a wait and a job may follow each other before the program ends: 2 with a
 *     busy file, because PHP then gets its signal between two jobs, or at half the time
 * @param given the user's terminationGracePeriodSeconds; null when there is none
 * @param isKnown whether the user said anything about waits or jobs
 */
record DrainBudget(
    long preStop, long waiting, long job, int rounds, @Nullable Long given, boolean isKnown) {
  /** For the start of the hook, the end of PHP and the report. */
  static final long RESERVE = 5;

  /** Kubernetes' own, where nobody says anything. */
  static final long DEFAULT_GRACE = 30;

  /**
   * The cluster autoscaler does not wait longer for a pod when it removes a node: its default of
   * {@code --max-graceful-termination-sec}.
   */
  static final long LONGEST_UNDISTURBED = 600;

  /** The Cluster Autoscaler's annotation that keeps a node because of a pod. */
  static final String SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";

  static DrainBudget of(@Nullable DrainSpec drain, PodSpec pod, Container container) {
    Integer wait = drain == null ? null : drain.longestWaitSeconds();
    Integer job = drain == null ? null : drain.longestJobSeconds();
    return new DrainBudget(
        preStopSeconds(container),
        Objects.requireNonNullElse(wait, 0),
        Objects.requireNonNullElse(job, 0),
        drain == null || drain.busyFile() == null ? 1 : 2,
        pod.getTerminationGracePeriodSeconds(),
        wait != null || job != null);
  }

  /** Seconds that a preStop sleeps; of a command nobody knows. */
  static long preStopSeconds(Container container) {
    return DrainRole.preStop(container)
        .map(handler -> handler.getSleep())
        .map(sleep -> sleep.getSeconds())
        .orElse(0L);
  }

  /** Seconds that a pod needs by what the user says. */
  long needed() {
    return preStop + rounds * (waiting + job) + RESERVE;
  }

  /** terminationGracePeriodSeconds of the pods; empty leaves it to Kubernetes. */
  Optional<Long> grace() {
    return given != null || !isKnown ? Optional.ofNullable(given) : Optional.of(needed());
  }

  /** Seconds that a pod has. */
  long effective() {
    return grace().orElse(DEFAULT_GRACE);
  }

  /** What makes it impossible. */
  Optional<Finding> problem() {
    return given == null || !isKnown || given >= needed()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "GraceTooShort",
                "spec.template.spec.terminationGracePeriodSeconds is "
                    + given
                    + ", but a pod needs up to "
                    + needed()
                    + " s to end: "
                    + sum()
                    + ". Remove the field, so that Monolift computes it, or raise it, or correct"
                    + " spec.drain.longestJobSeconds and longestWaitSeconds."));
  }

  /** What a person should know. */
  List<Finding> warnings() {
    var warnings = new ArrayList<Finding>();
    if (effective() > LONGEST_UNDISTURBED) {
      warnings.add(
          new Finding(
              "LongGracePeriod",
              "A pod may take "
                  + effective()
                  + " s to end. The cluster autoscaler waits "
                  + LONGEST_UNDISTURBED
                  + " s by default, spot and preemptible nodes and a node's own shutdown less: they"
                  + " cut longer jobs. The pods have the annotation "
                  + SAFE_TO_EVICT
                  + " \"false\" unless your template sets it; split the job, or keep these pods on"
                  + " nodes that stay."));
    }
    return warnings;
  }

  private String sum() {
    return (preStop > 0 ? preStop + " of preStop + " : "")
        + (rounds > 1 ? rounds + " times (" : "")
        + waiting
        + " of waiting + "
        + job
        + " of a job"
        + (rounds > 1 ? "), because of the busy file, + " : " + ")
        + RESERVE
        + " to spare";
  }
}
