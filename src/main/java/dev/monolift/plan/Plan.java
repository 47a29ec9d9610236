package dev.monolift.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one reconcile pass decided. The executor carries it out in the order of the
 * components.
 *
 * @param transfers field ownership to hand over before anything is applied; normally empty
 * @param apply children as they shall be, in the order of their application
 * @param delete children to delete
 * @param gate pods that may wait at the start gate; null when the resource has no such pods
 * @param status the whole status of the resource
 * @param events events to record before the status is written
 * @param releases finalizers to remove after the status is written
 * @param counts what to count after the status is written
 * @param requeueAfter time until the next pass when nothing happens before; positive
 * @param <S> type of the status
 */
public record Plan<S>(
    List<OwnershipTransfer> transfers,
    List<HasMetadata> apply,
    List<ObjectRef> delete,
    @Nullable GatedPods gate,
    S status,
    List<PlannedEvent> events,
    List<FinalizerRelease> releases,
    List<PlannedCount> counts,
    Duration requeueAfter) {

  /** Copies the lists. */
  public Plan {
    transfers = List.copyOf(transfers);
    apply = List.copyOf(apply);
    delete = List.copyOf(delete);
    events = List.copyOf(events);
    releases = List.copyOf(releases);
    counts = List.copyOf(counts);
  }

  /**
   * A plan after whose status nothing is left to do.
   *
   * @param transfers field ownership to hand over before anything is applied
   * @param apply children as they shall be
   * @param delete children to delete
   * @param status the whole status of the resource
   * @param events events to record
   * @param requeueAfter time until the next pass when nothing happens before; positive
   */
  public Plan(
      List<OwnershipTransfer> transfers,
      List<HasMetadata> apply,
      List<ObjectRef> delete,
      S status,
      List<PlannedEvent> events,
      Duration requeueAfter) {
    this(transfers, apply, delete, null, status, events, List.of(), List.of(), requeueAfter);
  }

  /**
   * A plan without pods at the start gate.
   *
   * @param transfers field ownership to hand over before anything is applied
   * @param apply children as they shall be
   * @param delete children to delete
   * @param status the whole status of the resource
   * @param events events to record
   * @param releases finalizers to remove after the status is written
   * @param counts what to count after the status is written
   * @param requeueAfter time until the next pass when nothing happens before; positive
   */
  public Plan(
      List<OwnershipTransfer> transfers,
      List<HasMetadata> apply,
      List<ObjectRef> delete,
      S status,
      List<PlannedEvent> events,
      List<FinalizerRelease> releases,
      List<PlannedCount> counts,
      Duration requeueAfter) {
    this(transfers, apply, delete, null, status, events, releases, counts, requeueAfter);
  }
}
