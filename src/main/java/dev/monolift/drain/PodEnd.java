package dev.monolift.drain;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a pod tells about its end.
 *
 * @param name name of the pod
 * @param program what became of the program's container
 * @param others ends of the other containers of the pod that have ended
 * @param departure how the pod was asked to go
 */
record PodEnd(String name, Program program, List<ContainerEnd> others, Departure departure) {

  /** What became of the program's container. */
  sealed interface Program {
    /** It has not run. */
    record NotStarted() implements Program {}

    /** It runs, or nobody has seen its end yet. */
    record Running() implements Program {}

    /**
     * It ended.
     *
     * @param end how
     * @param settled false while the kubelet might still start it again
     */
    record Ended(ContainerEnd end, boolean settled) implements Program {}
  }

  /**
   * Reads a pod.
   *
   * @param pod the pod, in its last state when it is gone
   * @param wanted name of the program's container; a pod of a template without it has its program
   *     in the first one
   * @return what it tells
   */
  static PodEnd of(Pod pod, String wanted) {
    String container = container(pod, wanted);
    List<ContainerStatus> statuses =
        pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
            ? List.of()
            : pod.getStatus().getContainerStatuses();
    return new PodEnd(
        pod.getMetadata().getName(),
        statuses.stream()
            .filter(status -> container.equals(status.getName()))
            .findFirst()
            .map(PodEnd::program)
            .orElseGet(Program.NotStarted::new),
        statuses.stream()
            .filter(status -> !container.equals(status.getName()))
            .flatMap(status -> ended(status).stream())
            .toList(),
        Departure.of(pod));
  }

  private static String container(Pod pod, String wanted) {
    List<Container> containers =
        pod.getSpec() == null || pod.getSpec().getContainers() == null
            ? List.of()
            : pod.getSpec().getContainers();
    boolean hasIt = containers.stream().anyMatch(it -> wanted.equals(it.getName()));
    return hasIt || containers.isEmpty() ? wanted : containers.getFirst().getName();
  }

  private static Optional<ContainerEnd> ended(ContainerStatus status) {
    return status.getState() == null || status.getState().getTerminated() == null
        ? Optional.empty()
        : Optional.of(ContainerEnd.of(status.getName(), status.getState().getTerminated()));
  }

  private static Program program(ContainerStatus status) {
    Optional<ContainerEnd> now = ended(status);
    if (now.isPresent()) {
      return lostBeforeItWasMade(status, now.get())
          ? new Program.NotStarted()
          : new Program.Ended(now.get(), true);
    }
    if (status.getState() != null && status.getState().getRunning() != null) {
      return new Program.Running();
    }
    // between two runs, for example in CrashLoopBackOff
    var last = status.getLastState() == null ? null : status.getLastState().getTerminated();
    return last == null
        ? new Program.NotStarted()
        : new Program.Ended(ContainerEnd.of(status.getName(), last), false);
  }

  /**
   * The kubelet gives every container without a status the end ContainerStatusUnknown when the pod
   * is over ({@code TerminatePod} in its status_manager.go), also one that was never made.
   */
  private static boolean lostBeforeItWasMade(ContainerStatus status, ContainerEnd end) {
    boolean made = status.getContainerID() != null && !status.getContainerID().isEmpty();
    boolean ranBefore =
        status.getLastState() != null && status.getLastState().getTerminated() != null;
    return end.isMadeUp() && end.startedAt() == null && !made && !ranBefore;
  }

  /** Whether the program has run, so that its end is worth a verdict of its own. */
  boolean hasRun() {
    return switch (program) {
      case Program.NotStarted n -> false;
      case Program.Running r -> true;
      case Program.Ended ended -> !ended.end().neverRan();
    };
  }

  /** Whether nothing that is still to come can change the verdict. */
  boolean isSettled() {
    return departure.isUnderWay()
        && switch (program) {
          case Program.Running r -> false;
          // without a node, no kubelet will ever say more
          case Program.NotStarted n -> departure.isFinal() || !departure.scheduled();
          case Program.Ended ended -> ended.settled() || departure.isFinal();
        };
  }

  /** The end of the program's container, if it is known. */
  Optional<ContainerEnd> ended() {
    return program instanceof Program.Ended ended ? Optional.of(ended.end()) : Optional.empty();
  }

  /** Seconds from the request to the end; null when either is not known, or it ended before. */
  @Nullable Long seconds() {
    var finished = ended().map(ContainerEnd::finishedAt).orElse(null);
    if (departure.requested() == null || finished == null) {
      return null;
    }
    if (!departure.exact()) {
      return ended()
          .flatMap(end -> DrainReports.parse(end.message()))
          .filter(report -> report.state() == DrainReport.State.Ended)
          .map(DrainReport::seconds)
          .orElse(null);
    }
    long seconds = finished.getEpochSecond() - departure.requested().getEpochSecond();
    return seconds < 0 ? null : seconds;
  }

  /** Whether the program had ended before anybody asked the pod to. */
  boolean endedBeforeTheRequest() {
    var finished = ended().map(ContainerEnd::finishedAt).orElse(null);
    return departure.requested() != null
        && finished != null
        && finished.isBefore(departure.requested());
  }
}
