package dev.monolift.kube;

import dev.monolift.plan.GatePod;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pods of workers in the cache. There may be thousands, and each changes many times; a pass
 * wants to know which wait at the start gate and how they ended, and nothing else.
 */
final class Pods {
  /** Any worker's pods: the label is in the template, so every pod has it. */
  static final String SELECTOR = Labels.WORKER;

  private static final String OURS = "monolift.dev/";
  private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

  /** Written by the API server, kubelet and kube-controller-manager before they end a pod. */
  private static final String DISRUPTION = "DisruptionTarget";

  private static final Set<String> CONDITIONS = Set.of(DISRUPTION, "PodScheduled", "Ready");
  private static final Set<String> FINAL = Set.of("Succeeded", "Failed");

  private Pods() {}

  /** A pod, reduced to what a verdict and its cause can need. It is changed in place. */
  static Pod trimmed(Pod pod) {
    pod.setMetadata(trimmed(pod.getMetadata()));
    if (pod.getSpec() != null) {
      pod.setSpec(trimmed(pod.getSpec()));
    }
    if (pod.getStatus() != null) {
      pod.setStatus(trimmed(pod.getStatus()));
    }
    return pod;
  }

  private static ObjectMeta trimmed(ObjectMeta metadata) {
    return new ObjectMetaBuilder()
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .withResourceVersion(metadata.getResourceVersion())
        .withCreationTimestamp(metadata.getCreationTimestamp())
        .withDeletionTimestamp(metadata.getDeletionTimestamp())
        .withDeletionGracePeriodSeconds(metadata.getDeletionGracePeriodSeconds())
        .withLabels(metadata.getLabels())
        .withAnnotations(annotations(metadata.getAnnotations()))
        .withFinalizers(metadata.getFinalizers())
        .withOwnerReferences(metadata.getOwnerReferences())
        .build();
  }

  private static Map<String, String> annotations(Map<String, String> all) {
    return all.entrySet().stream()
        .filter(a -> a.getKey().equals(RESTARTED_AT) || a.getKey().startsWith(OURS))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static PodSpec trimmed(PodSpec spec) {
    return new PodSpecBuilder()
        .withNodeName(spec.getNodeName())
        .withSchedulingGates(spec.getSchedulingGates())
        .withTerminationGracePeriodSeconds(spec.getTerminationGracePeriodSeconds())
        .withInitContainers(names(spec.getInitContainers()))
        .withContainers(names(spec.getContainers()))
        .build();
  }

  private static List<Container> names(List<Container> containers) {
    return containers.stream()
        .map(container -> new ContainerBuilder().withName(container.getName()).build())
        .toList();
  }

  private static PodStatus trimmed(PodStatus status) {
    return new PodStatusBuilder()
        .withPhase(status.getPhase())
        .withReason(status.getReason())
        .withMessage(status.getMessage())
        .withConditions(
            status.getConditions().stream().filter(c -> CONDITIONS.contains(c.getType())).toList())
        .withInitContainerStatuses(states(status.getInitContainerStatuses()))
        .withContainerStatuses(states(status.getContainerStatuses()))
        .build();
  }

  private static List<ContainerStatus> states(List<ContainerStatus> statuses) {
    return statuses.stream()
        .map(
            status ->
                new ContainerStatusBuilder()
                    .withName(status.getName())
                    .withRestartCount(status.getRestartCount())
                    .withState(status.getState())
                    .withLastState(status.getLastState())
                    .build())
        .toList();
  }

  /**
   * Whether a pod has come to the start gate, has gone through it, or has come a step nearer to its
   * verdict. What else happens to it, the Deployment's counts tell.
   *
   * @param before the pod as it was; null when it is new
   * @param after the pod as it is
   */
  static boolean isNews(@Nullable Pod before, Pod after) {
    if (before == null) {
      return GatePod.isGated(after) || !steps(after).isEmpty();
    }
    return GatePod.isGated(before) != GatePod.isGated(after)
        || !steps(before).containsAll(steps(after));
  }

  private static Set<String> steps(Pod pod) {
    var steps = new HashSet<String>();
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      steps.add("deleting");
    }
    PodStatus status = pod.getStatus();
    if (status == null) {
      return steps;
    }
    if (FINAL.contains(status.getPhase())) {
      steps.add("final");
    }
    status.getConditions().stream().filter(Pods::isDisruption).forEach(_ -> steps.add(DISRUPTION));
    Stream.concat(
            status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
        .forEach(container -> steps.addAll(steps(container)));
    return steps;
  }

  private static List<String> steps(ContainerStatus container) {
    var state = container.getState();
    var last = container.getLastState();
    boolean terminated = state != null && state.getTerminated() != null;
    boolean started =
        terminated
            || (state != null && state.getRunning() != null)
            || (last != null && last.getTerminated() != null);
    return Stream.of(started ? "started " : "", terminated ? "terminated " : "")
        .filter(step -> !step.isEmpty())
        .map(step -> step + container.getName())
        .toList();
  }

  private static boolean isDisruption(PodCondition condition) {
    return DISRUPTION.equals(condition.getType()) && "True".equals(condition.getStatus());
  }

  /** Whether a pod is being deleted and would stay until its verdict is known. */
  static boolean isHeldBack(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null && isHeld(pod);
  }

  /** Whether a pod has the finalizer. */
  static boolean isHeld(Pod pod) {
    return pod.getMetadata().getFinalizers().contains(Labels.DRAIN_VERDICT);
  }
}
