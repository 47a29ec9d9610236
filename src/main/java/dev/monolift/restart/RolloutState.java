package dev.monolift.restart;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a Deployment's rollout is, as {@code kubectl rollout status} judges it.
 *
 * @param kind how far
 * @param sentence the same for people, without a full stop
 */
record RolloutState(Kind kind, String sentence) {
  private static final String PROGRESSING = "Progressing";
  private static final String TOO_LATE = "ProgressDeadlineExceeded";

  enum Kind {
    Complete,
    Waiting,
    Failed
  }

  static RolloutState of(Deployment deployment) {
    DeploymentStatus status =
        Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
    long generation = number(deployment.getMetadata().getGeneration());
    if (number(status.getObservedGeneration()) < generation) {
      return waiting("the Deployment controller has not seen the newest template yet");
    }
    if (progressing(deployment).filter(it -> TOO_LATE.equals(it.getReason())).isPresent()) {
      return new RolloutState(
          Kind.Failed,
          "the new pods did not become available within progressDeadlineSeconds ("
              + available(deployment)
              + ")");
    }
    long updated = number(status.getUpdatedReplicas());
    if (updated < wanted(deployment)) {
      return waiting(updated + " of " + pods(wanted(deployment)) + " are new");
    }
    long old = number(status.getReplicas()) - updated;
    if (old > 0) {
      return waiting(old + " of the old pods are still there");
    }
    if (number(status.getAvailableReplicas()) < updated) {
      return waiting(available(deployment));
    }
    return new RolloutState(Kind.Complete, available(deployment));
  }

  /** The condition that tells of the last rollout. */
  static Optional<DeploymentCondition> progressing(Deployment deployment) {
    DeploymentStatus status = deployment.getStatus();
    return status == null
        ? Optional.empty()
        : status.getConditions().stream()
            .filter(condition -> PROGRESSING.equals(condition.getType()))
            .findFirst();
  }

  /** The API server's default is 1. */
  static int wanted(Deployment deployment) {
    return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
  }

  private static RolloutState waiting(String sentence) {
    return new RolloutState(Kind.Waiting, sentence);
  }

  private static String available(Deployment deployment) {
    DeploymentStatus status =
        Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
    return number(status.getAvailableReplicas())
        + " of "
        + pods(wanted(deployment))
        + " are available";
  }

  private static String pods(int count) {
    return count == 1 ? "1 pod" : count + " pods";
  }

  private static long number(@Nullable Number value) {
    return value == null ? 0 : value.longValue();
  }
}
