package dev.monolift.drain;

import dev.monolift.plan.Timestamps;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one container ended, as the kubelet tells it.
 *
 * @param container its name
 * @param reason what the container runtime made of the end: Completed, Error, OOMKilled, StartError
 *     and the like; empty when it said nothing
 * @param exitCode exit code; 128 and the signal's number when a signal ended it
 * @param message termination message; null when there is none
 * @param startedAt when it started; null when not known
 * @param finishedAt when it ended; null when not known
 */
record ContainerEnd(
    String container,
    String reason,
    int exitCode,
    @Nullable String message,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** A process of the container was killed for want of memory, whatever the exit code. */
  static final String OOM_KILLED = "OOMKilled";

  /**
   * The exit code is made up, because the kubelet lost the container ({@code
   * ContainerReasonStatusUnknown} in Kubernetes' pkg/kubelet/container/runtime.go, with 137) or
   * because containerd did ({@code unknownExitReason} in its CRI server, with 255).
   */
  private static final Set<String> MADE_UP = Set.of("ContainerStatusUnknown", "Unknown");

  /** The program was never executed: containerd's and CRI-O's {@code StartError}, Docker's word. */
  private static final Set<String> NOT_STARTED = Set.of("StartError", "ContainerCannotRun");

  static ContainerEnd of(String container, ContainerStateTerminated state) {
    return new ContainerEnd(
        container,
        Objects.requireNonNullElse(state.getReason(), ""),
        Objects.requireNonNullElse(state.getExitCode(), 0),
        state.getMessage(),
        Timestamps.parse(state.getStartedAt()).orElse(null),
        Timestamps.parse(state.getFinishedAt()).orElse(null));
  }

  boolean isOutOfMemory() {
    return reason.equals(OOM_KILLED);
  }

  boolean isMadeUp() {
    return MADE_UP.contains(reason);
  }

  boolean neverRan() {
    return NOT_STARTED.contains(reason);
  }

  /** Whether this ended earlier than another container, as far as whole seconds tell. */
  boolean endedBefore(ContainerEnd other) {
    return finishedAt != null
        && other.finishedAt() != null
        && finishedAt.isBefore(other.finishedAt());
  }
}
