package dev.monolift.monolithworker;

import dev.monolift.fields.Change;
import dev.monolift.fields.FieldPath;
import dev.monolift.fields.FieldSet;
import dev.monolift.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Edits that others made to fields that carry a promise and that the next apply reverts. An edit
 * takes the ownership of the field from us, which tells it from a change of the user's spec.
 */
final class ForeignEdits {
  private static final int MOST_FIELDS = 5;

  private ForeignEdits() {}

  /**
   * One event per manager that edited something.
   *
   * @param worker name of the worker
   * @param live the Deployment as it is
   * @param rollout what is applied to it
   * @param takenBack whether the user takes the replicas back, which is no foreign edit
   * @return events
   */
  static List<PlannedEvent> events(
      String worker, Deployment live, Rollout rollout, boolean takenBack) {
    FieldSet ours =
        live.getMetadata().getManagedFields().stream()
            .filter(ReplicasOwnership::isOurs)
            .map(entry -> FieldSet.of(entry.getFieldsV1()))
            .reduce(FieldSet.EMPTY, FieldSet::union);
    var edited =
        rollout.diff().changes().stream()
            .filter(change -> change.before() != null && change.isOfValue())
            .map(Change::path)
            .filter(path -> !ours.owns(path))
            .filter(path -> !(takenBack && path.equals(ReplicasOwnership.REPLICAS)))
            .toList();
    var events = new ArrayList<PlannedEvent>();
    for (ManagedFieldsEntry entry : live.getMetadata().getManagedFields()) {
      if (!ReplicasOwnership.isOurs(entry)) {
        FieldSet theirs = FieldSet.of(entry.getFieldsV1());
        var fields = edited.stream().filter(theirs::owns).toList();
        if (!fields.isEmpty()) {
          events.add(event(worker, entry, fields));
        }
      }
    }
    return events;
  }

  private static PlannedEvent event(
      String worker, ManagedFieldsEntry entry, List<FieldPath> fields) {
    String names =
        String.join(", ", fields.stream().limit(MOST_FIELDS).map(FieldPath::toString).toList());
    String more =
        fields.size() <= MOST_FIELDS ? "" : " and " + (fields.size() - MOST_FIELDS) + " more";
    String advice =
        fields.contains(ReplicasOwnership.REPLICAS)
            ? " To scale, use: kubectl scale monolithworker " + worker + " --replicas=N."
            : " Change the MonolithWorker instead.";
    return new PlannedEvent(
        PlannedEvent.Type.Warning,
        "ForeignEditReverted",
        "Reverted "
            + names
            + more
            + " on the Deployment, set by "
            + entry.getManager()
            + "."
            + advice,
        "edited " + Objects.requireNonNullElse(entry.getTime(), "some time ago"));
  }
}
