package dev.monolift.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;

/**
 * Everything that one reconcile pass decided. The executor carries it out in the order of the
 * components.
 *
 * @param transfers field ownership to hand over before anything is applied; normally empty
 * @param apply children as they shall be, in the order of their application
 * @param delete children to delete
 * @param status the whole status of the resource
 * @param events events to record before the status is written
 * @param requeueAfter time until the next pass when nothing happens before; positive
 * @param <S> type of the status
 */
public record Plan<S>(
    List<OwnershipTransfer> transfers,
    List<HasMetadata> apply,
    List<ObjectRef> delete,
    S status,
    List<PlannedEvent> events,
    Duration requeueAfter) {

  /** Copies the lists. */
  public Plan {
    transfers = List.copyOf(transfers);
    apply = List.copyOf(apply);
    delete = List.copyOf(delete);
    events = List.copyOf(events);
  }
}
