package dev.monolift.monolithworker;

import dev.monolift.plan.Conditions;
import dev.monolift.plan.Conditions.Status;
import dev.monolift.plan.Timestamps;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the pods are as the user wants them, judged from the Deployment's status.
 *
 * @param name name of the Deployment
 * @param live the Deployment; null when it is only being created
 * @param wanted number of pods that shall run
 * @param changing whether this pass changes the Deployment's spec, so that its status speaks of the
 *     past
 * @param scaledBy who sets the number of pods instead of this operator; null when nobody does
 * @param before the current Ready condition; null when there is none
 * @param whyPodsWait why pods wait at the start gate, a sentence; empty when none waits
 */
record Readiness(
    String name,
    @Nullable Deployment live,
    int wanted,
    boolean changing,
    @Nullable String scaledBy,
    @Nullable Condition before,
    String whyPodsWait) {
  static final String ROLLING_OUT = "RollingOut";
  static final String RUNNING = "Running";
  static final String SCALED_TO_ZERO = "ScaledToZero";
  static final String PODS_NOT_READY = "PodsNotReady";
  static final String WAITING_FOR_START = "WaitingForStart";

  /**
   * How long the pods of a new Deployment may take to come up before the steps of that are told one
   * by one (ADR 15).
   */
  static final Duration FIRST_START = Duration.ofMinutes(1);

  /** Whether every pod is of the newest template and the Deployment's controller has said so. */
  boolean isRolledOut() {
    return live != null
        && !isStale(live)
        && updated() == wanted
        && count(live.getStatus().getReplicas()) == wanted;
  }

  /**
   * How long nothing new is to be told of a Deployment that was just made: "it is being created"
   * says it until its pods are up, something stands in their way, or {@link #FIRST_START} is over.
   *
   * @param now the time
   * @return zero when there is something to tell; at most {@code FIRST_START}
   */
  Duration untold(Instant now) {
    if (live == null
        || scaledBy != null
        || !whyPodsWait.isEmpty()
        || !verdict().reason().equals(ROLLING_OUT)) {
      return Duration.ZERO;
    }
    // abs: a clock that is wrong by more than that shall not keep anything from being told
    return Timestamps.parse(live.getMetadata().getCreationTimestamp())
        .map(created -> FIRST_START.minus(Duration.between(created, now).abs()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  /**
   * The Ready condition.
   *
   * @param generation generation of the worker
   * @return the condition
   */
  Condition condition(@Nullable Long generation) {
    if (before != null
        && isUnknown()
        && Objects.equals(before.getObservedGeneration(), generation)) {
      return before;
    }
    Problem verdict = verdict();
    boolean ready = verdict.reason().equals(RUNNING) || verdict.reason().equals(SCALED_TO_ZERO);
    return Conditions.of(
        Conditions.READY,
        ready ? Status.True : Status.False,
        verdict.reason(),
        Texts.bounded(verdict.message() + waitText() + scaledByText()),
        generation);
  }

  private String waitText() {
    return whyPodsWait.isEmpty() ? "" : " " + whyPodsWait;
  }

  private String scaledByText() {
    return scaledBy == null
        ? ""
        : " The number of pods is set on the Deployment by "
            + scaledBy
            + byAutoscaler()
            + ", not by spec.replicas; change spec.replicas to take it back.";
  }

  private String byAutoscaler() {
    return "kube-controller-manager".equals(scaledBy) ? " (a HorizontalPodAutoscaler)" : "";
  }

  private Problem verdict() {
    if (live == null) {
      return new Problem(
          ROLLING_OUT, "Deployment " + name + " is being created, with " + pods(wanted) + ".");
    }
    if (Boolean.TRUE.equals(live.getSpec().getPaused()) && (isStale(live) || !isRolledOut())) {
      return new Problem(
          "Paused",
          "Deployment "
              + name
              + " is paused, so its pods are not replaced. Run: kubectl rollout resume deployment "
              + name);
    }
    if (isStale(live)) {
      return new Problem(ROLLING_OUT, "A change is being applied; " + available() + ".");
    }
    return obstacle(live).orElseGet(this::progress);
  }

  private boolean isStale(Deployment deployment) {
    return changing
        || deployment.getStatus() == null
        || count(deployment.getStatus().getObservedGeneration())
            < count(deployment.getMetadata().getGeneration());
  }

  /**
   * The Deployment's controller has not looked at it yet, and this worker was judged before. An
   * annotation counts as a new generation of a Deployment, and so does our own mark of what was
   * applied: that is no rollout. What it is, the controller says in a moment; until then the last
   * word stands, which is RollingOut when this operator changed the pods.
   */
  private boolean isUnknown() {
    return live != null && !changing && isStale(live);
  }

  private Optional<Problem> obstacle(Deployment deployment) {
    var failure =
        condition(deployment, "ReplicaFailure")
            .filter(c -> "True".equals(c.getStatus()) && !isRolledOut())
            .map(
                c ->
                    new Problem(
                        "PodsCannotBeCreated",
                        available() + ", and Kubernetes cannot create more: " + c.getMessage()));
    return failure.or(
        () ->
            condition(deployment, "Progressing")
                .filter(c -> "False".equals(c.getStatus()))
                .map(
                    c ->
                        new Problem(
                            Objects.requireNonNullElse(c.getReason(), "ProgressDeadlineExceeded"),
                            "The rollout makes no progress: "
                                + haveTheNewest()
                                + ", "
                                + available()
                                + "."
                                + lookAtPods())));
  }

  private String lookAtPods() {
    return live == null
        ? ""
        : " Look at the pods: kubectl get pods -l '"
            + Selectors.text(live.getSpec().getSelector())
            + "'";
  }

  private Problem progress() {
    if (!isRolledOut()) {
      return newestOf();
    }
    if (wanted == 0) {
      return new Problem(SCALED_TO_ZERO, "Scaled to zero: no pod runs.");
    }
    if (availablePods() >= wanted) {
      return new Problem(RUNNING, available() + ".");
    }
    if (!whyPodsWait.isEmpty()) {
      return new Problem(WAITING_FOR_START, available() + ".");
    }
    return isInProgress()
        ? newestOf()
        : new Problem(PODS_NOT_READY, available() + "." + lookAtPods());
  }

  private Problem newestOf() {
    return new Problem(ROLLING_OUT, haveTheNewest() + "; " + available() + ".");
  }

  /**
   * The Deployment's controller ends a rollout when its pods are available, and not before; after
   * that the condition stays what it is. Without a progress deadline there is no such condition.
   */
  private boolean isInProgress() {
    return live != null
        && condition(live, "Progressing")
            .filter(c -> !"NewReplicaSetAvailable".equals(c.getReason()))
            .isPresent();
  }

  private String haveTheNewest() {
    return updated()
        + " of "
        + pods(wanted)
        + (wanted == 1 ? " has" : " have")
        + " the newest template";
  }

  private int updated() {
    return status().map(DeploymentStatus::getUpdatedReplicas).orElse(0);
  }

  private int availablePods() {
    return status().map(DeploymentStatus::getAvailableReplicas).orElse(0);
  }

  private Optional<DeploymentStatus> status() {
    return Optional.ofNullable(live).map(Deployment::getStatus);
  }

  private String available() {
    if (availablePods() > wanted) {
      return pods(availablePods()) + " available, " + wanted + " wanted";
    }
    return availablePods() + " of " + pods(wanted) + (wanted == 1 ? " is" : " are") + " available";
  }

  private static String pods(int count) {
    return count == 1 ? "1 pod" : count + " pods";
  }

  static Optional<DeploymentCondition> condition(Deployment deployment, String type) {
    return Optional.ofNullable(deployment.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }

  private static long count(@Nullable Number number) {
    return number == null ? 0 : number.longValue();
  }
}
