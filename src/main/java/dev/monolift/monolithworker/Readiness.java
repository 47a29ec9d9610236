package dev.monolift.monolithworker;

import dev.monolift.plan.Conditions;
import dev.monolift.plan.Conditions.Status;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
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

  /** Whether every pod is of the newest template and the Deployment's controller has said so. */
  boolean isRolledOut() {
    return live != null
        && !isStale(live)
        && updated() == wanted
        && count(live.getStatus().getReplicas()) == wanted;
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
                                + updated()
                                + " of "
                                + pods(wanted)
                                + " have the newest template, "
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
      return new Problem(
          ROLLING_OUT,
          updated() + " of " + pods(wanted) + " have the newest template; " + available() + ".");
    }
    if (wanted == 0) {
      return new Problem(SCALED_TO_ZERO, "Scaled to zero: no pod runs.");
    }
    if (availablePods() >= wanted) {
      return new Problem(RUNNING, available() + ".");
    }
    return new Problem(
        whyPodsWait.isEmpty() ? PODS_NOT_READY : WAITING_FOR_START, available() + ".");
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
