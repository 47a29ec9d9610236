package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus.ReplicasManagedBy;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What does not go together with a bound on consumers. */
final class ConsumersCheck {
  private static final double PERCENT = 100;

  private ConsumersCheck() {}

  /** The first thing that is wrong with the spec. */
  static Optional<Problem> of(MonolithWorker worker) {
    var template = worker.getSpec().template();
    PodSpec pods = template == null ? null : template.getSpec();
    return Stream.of(ownGate(pods), nodeName(worker, pods), strategy(worker))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Problem> ownGate(@Nullable PodSpec pods) {
    return pods != null
            && pods.getSchedulingGates().stream()
                .anyMatch(gate -> gate.getName().startsWith("monolift.dev/"))
        ? Optional.of(
            new Problem(
                "ReservedPrefix",
                "spec.template.spec.schedulingGates has "
                    + Labels.START_GATE
                    + ". That gate is Monolift's own: remove it, and set spec.consumers.max to have"
                    + " the pods wait at it."))
        : Optional.empty();
  }

  private static Optional<Problem> nodeName(MonolithWorker worker, @Nullable PodSpec pods) {
    return Consumers.max(worker.getSpec()) != null
            && pods != null
            && pods.getNodeName() != null
            && !pods.getNodeName().isEmpty()
        ? Optional.of(
            new Problem(
                "NodeNameWithMax",
                "spec.template.spec.nodeName does not go with spec.consumers.max: Kubernetes gives a"
                    + " pod that waits at a gate no node. Use spec.template.spec.nodeSelector"
                    + " {kubernetes.io/hostname: "
                    + pods.getNodeName()
                    + "} instead."))
        : Optional.empty();
  }

  /**
   * A rollout that may not stop any pod before a new one is available, where no new one may start
   * before an old one has ended.
   */
  private static Optional<Problem> strategy(MonolithWorker worker) {
    var spec = worker.getSpec();
    Integer max = Consumers.max(spec);
    int replicas = MonolithWorkerResources.replicas(spec);
    if (max == null || max == 0 || replicas < max) {
      return Optional.empty();
    }
    DeploymentStrategy strategy = MonolithWorkerResources.strategy(spec);
    if (strategy.getRollingUpdate() == null
        || unavailable(strategy, MonolithWorkerResources.podCount(spec)) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            "StrategyCannotProgress",
            "spec.strategy.rollingUpdate.maxUnavailable comes to 0 pods of "
                + Math.min(replicas, max)
                + ", and spec.consumers.max is "
                + max
                + ": a new pod would wait for an old one to end, and the old one for the new one."
                + " Set maxUnavailable to 1 or more, remove spec.strategy, or let"
                + " spec.replicas be less than consumers.max."));
  }

  /**
   * As Kubernetes' pkg/controller/deployment/util ResolveFenceposts does it: surge is rounded up,
   * unavailable down, and when both are 0, one pod may be unavailable.
   */
  private static int unavailable(DeploymentStrategy strategy, int replicas) {
    var rolling = strategy.getRollingUpdate();
    int surge = (int) Math.ceil(pods(rolling.getMaxSurge(), replicas));
    int unavailable = (int) Math.floor(pods(rolling.getMaxUnavailable(), replicas));
    return surge == 0 && unavailable == 0 ? 1 : unavailable;
  }

  private static double pods(IntOrString value, int replicas) {
    if (value.getStrVal() == null) {
      return value.getIntVal() == null ? 0 : value.getIntVal();
    }
    String digits = value.getStrVal().replace("%", "").strip();
    return digits.matches("[0-9]{1,4}") ? replicas * Integer.parseInt(digits) / PERCENT : 0;
  }

  /** An autoscaler on the Deployment, whose number the bound would have to fight. */
  static Optional<Problem> of(MonolithWorker worker, @Nullable ReplicasManagedBy managedBy) {
    Integer max = Consumers.max(worker.getSpec());
    return max == null || managedBy == null
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "ReplicasSetOnDeployment",
                managedBy.manager()
                    + " sets the number of pods on Deployment "
                    + MonolithWorkerResources.deploymentName(worker)
                    + ", which does not go with spec.consumers.max. Let the HorizontalPodAutoscaler"
                    + " target this MonolithWorker (or delete it) and then change spec.replicas"
                    + " once to take the number back; or remove spec.consumers.max."));
  }
}
