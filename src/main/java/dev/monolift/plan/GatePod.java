package dev.monolift.plan;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Set;

/**
 * A pod as the start gate sees it.
 *
 * @param uid its uid
 * @param name its name
 * @param created its creationTimestamp, which sorts as text; empty when not known
 * @param gated whether it has the gate; a gate cannot be added later
 * @param deleting whether its deletion was asked for
 * @param ended whether its phase is Succeeded or Failed: no container of it runs any more, nor will
 */
public record GatePod(
    String uid, String name, String created, boolean gated, boolean deleting, boolean ended) {
  private static final Set<String> FINAL = Set.of("Succeeded", "Failed");

  /**
   * Reads a pod.
   *
   * @param pod a pod of the API server or of a cache
   * @return what the gate needs of it
   */
  public static GatePod of(Pod pod) {
    var metadata = pod.getMetadata();
    return new GatePod(
        metadata.getUid(),
        metadata.getName(),
        Objects.requireNonNullElse(metadata.getCreationTimestamp(), ""),
        isGated(pod),
        metadata.getDeletionTimestamp() != null,
        pod.getStatus() != null && FINAL.contains(pod.getStatus().getPhase()));
  }

  /**
   * Whether a pod has the gate.
   *
   * @param pod the pod
   * @return false also for a pod that has other gates only: those are not ours to judge
   */
  public static boolean isGated(Pod pod) {
    return pod.getSpec() != null
        && pod.getSpec().getSchedulingGates().stream()
            .anyMatch(gate -> Labels.START_GATE.equals(gate.getName()));
  }

  /**
   * Whether it may run now or at any time without being asked for again. A pod that is being
   * deleted does: its program works until it ends.
   *
   * @return false for a pod that waits at the gate and for one that has ended
   */
  public boolean isAlive() {
    return !gated && !ended;
  }

  /**
   * Whether it waits to be started.
   *
   * @return false for a pod that goes without having started
   */
  public boolean isWaiting() {
    return gated && !deleting && !ended;
  }
}
