package dev.monolift.drain;

import dev.monolift.plan.Timestamps;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a pod was asked to go.
 *
 * @param requested when its deletion was asked for: {@code deletionTimestamp} less {@code
 *     deletionGracePeriodSeconds}. When the kubelet confirms the end by a deletion with grace 0,
 *     the API server moves {@code deletionTimestamp} to that moment (Kubernetes'
 *     staging/src/k8s.io/apiserver/pkg/registry/rest/delete.go); then the end of the containers
 *     tells more; null when nobody asked
 * @param exact whether that is known; else it is the earliest time that is possible
 * @param deletionGrace {@code deletionGracePeriodSeconds}; null when nobody asked. 0 after the
 *     kubelet's confirmation, and after a deletion by force
 * @param specGrace {@code terminationGracePeriodSeconds} of the pod
 * @param phase {@code status.phase}; empty when not known
 * @param reason {@code status.reason}; empty when there is none
 * @param disruption reason of the condition DisruptionTarget while it is True; empty when it is not
 * @param scheduled whether the pod has a node
 */
record Departure(
    @Nullable Instant requested,
    boolean exact,
    @Nullable Long deletionGrace,
    long specGrace,
    String phase,
    String reason,
    String disruption,
    boolean scheduled) {

  private static final long DEFAULT_GRACE = 30;

  /** From the request to the drain program's hearing of it, on a busy node, and for rounding. */
  private static final long LATENCY = 5;

  /** From the end of the grace to the kubelet's confirmation, while volumes and cgroups go. */
  private static final long CLEANING = 60;

  /*
   * Reasons of DisruptionTarget, by who writes them in Kubernetes 1.36:
   * pkg/registry/core/pod/storage/eviction.go, pkg/scheduler/framework/preemption/executor.go,
   * pkg/controller/tainteviction and devicetainteviction, pkg/controller/podgc/gc_controller.go,
   * and the kubelet's eviction, preemption and nodeshutdown; documented at
   * https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions
   */
  static final String BY_EVICTION_API = "EvictionByEvictionAPI";
  static final String BY_SCHEDULER = "PreemptionByScheduler";
  static final String BY_KUBELET = "TerminationByKubelet";
  static final String BY_TAINT = "DeletionByTaintManager";
  static final String BY_DEVICE_TAINT = "DeletionByDeviceTaintManager";
  static final String BY_POD_GC = "DeletionByPodGC";

  /** status.reason by pkg/util/node/node.go: the kubelet does not answer any more. */
  static final String NODE_LOST = "NodeLost";

  /** status.reason by the kubelet's nodeshutdown_manager.go; NodeShutdown is of older versions. */
  private static final Set<String> NODE_SHUTDOWN = Set.of("Terminated", "NodeShutdown", "Shutdown");

  /** status.reason by the kubelet's eviction/helpers.go. */
  static final String EVICTED = "Evicted";

  /** status.reason by the kubelet's preemption.go: a critical pod needs the room. */
  static final String PREEMPTED = "Preempting";

  static Departure of(Pod pod) {
    var status = pod.getStatus();
    Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    Request request = Request.of(pod);
    return new Departure(
        request.at(),
        request.exact(),
        pod.getMetadata().getDeletionTimestamp() == null ? null : grace,
        specGrace(pod),
        status == null || status.getPhase() == null ? "" : status.getPhase(),
        status == null || status.getReason() == null ? "" : status.getReason(),
        disruption(pod),
        pod.getSpec() != null
            && pod.getSpec().getNodeName() != null
            && !pod.getSpec().getNodeName().isEmpty());
  }

  private static long specGrace(Pod pod) {
    Long grace = pod.getSpec() == null ? null : pod.getSpec().getTerminationGracePeriodSeconds();
    return Objects.requireNonNullElse(grace, DEFAULT_GRACE);
  }

  /** When a pod was asked to end, and whether that is known to the second. */
  private record Request(@Nullable Instant at, boolean exact) {
    static Request of(Pod pod) {
      Instant deletion = Timestamps.parse(pod.getMetadata().getDeletionTimestamp()).orElse(null);
      Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
      if (deletion == null) {
        return new Request(null, true);
      }
      return grace == null || grace == 0
          ? lastEnd(pod)
              .map(end -> before(end, deletion, specGrace(pod)))
              .orElseGet(() -> new Request(deletion, true))
          : new Request(deletion.minusSeconds(grace), true);
    }

    /** Confirmed by the kubelet at the moment, and asked for before the end of the containers. */
    private static Request before(ContainerEnd end, Instant confirmed, long grace) {
      Instant finished = Objects.requireNonNull(end.finishedAt());
      if (finished.isAfter(confirmed)) {
        return new Request(confirmed, true); // deleted by force
      }
      return DrainReports.parse(end.message())
          .filter(report -> report.state() == DrainReport.State.Ended)
          .map(DrainReport::seconds)
          .map(seconds -> new Request(finished.minusSeconds(seconds + LATENCY), false))
          .orElseGet(() -> new Request(earliest(finished, confirmed, grace), false));
    }

    /** What ended long before the confirmation, a crash for instance, nobody had asked for yet. */
    private static Instant earliest(Instant finished, Instant confirmed, long grace) {
      Instant byTheEnd = finished.minusSeconds(grace);
      Instant byTheConfirmation = confirmed.minusSeconds(grace + CLEANING);
      return byTheEnd.isAfter(byTheConfirmation) ? byTheEnd : byTheConfirmation;
    }

    private static Optional<ContainerEnd> lastEnd(Pod pod) {
      return containers(pod)
          .map(ContainerStatus::getState)
          .filter(state -> state != null && state.getTerminated() != null)
          .map(state -> ContainerEnd.of("", state.getTerminated()))
          .filter(end -> end.finishedAt() != null)
          .max(Comparator.comparing(end -> Objects.requireNonNull(end.finishedAt())));
    }
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    var status = pod.getStatus();
    return status == null || status.getContainerStatuses() == null
        ? Stream.empty()
        : status.getContainerStatuses().stream();
  }

  private static String disruption(Pod pod) {
    if (pod.getStatus() == null || pod.getStatus().getConditions() == null) {
      return "";
    }
    return pod.getStatus().getConditions().stream()
        .filter(condition -> "DisruptionTarget".equals(condition.getType()))
        .filter(condition -> "True".equals(condition.getStatus()))
        .map(PodCondition::getReason)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  /** Whether the pod is on its way out: deleted, or ended for good by the kubelet. */
  boolean isUnderWay() {
    return requested != null || isFinal();
  }

  /** A pod in a final phase never runs again; a worker's pod gets there by its node only. */
  boolean isFinal() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /**
   * Seconds that the pod had: those of the deletion while they are known, which may be fewer than
   * the pod asks for ({@code kubectl delete --grace-period}, autoscalers).
   */
  long grace() {
    return deletionGrace == null || deletionGrace <= 0 ? specGrace : deletionGrace;
  }

  boolean byForce() {
    return deletionGrace != null && deletionGrace == 0;
  }

  boolean nodeIsGone() {
    return disruption.equals(BY_TAINT) || disruption.equals(BY_POD_GC) || reason.equals(NODE_LOST);
  }

  boolean nodeShutsDown() {
    return NODE_SHUTDOWN.contains(reason);
  }

  /** The kubelet ended it to get memory, disk or room back, by its own grace period. */
  boolean evictedByKubelet() {
    return !nodeShutsDown()
        && (reason.equals(EVICTED) || reason.equals(PREEMPTED) || disruption.equals(BY_KUBELET));
  }
}
