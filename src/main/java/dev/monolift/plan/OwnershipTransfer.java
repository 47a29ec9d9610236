package dev.monolift.plan;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.List;

/**
 * New {@code metadata.managedFields} for an object that is taken over, so that the next server-side
 * apply removes what is no longer wanted. Written with the resourceVersion as precondition.
 *
 * @param object the object
 * @param resourceVersion version of the object that the decision was made on
 * @param managedFields the complete new list
 */
public record OwnershipTransfer(
    ObjectRef object, String resourceVersion, List<ManagedFieldsEntry> managedFields) {

  /** Copies the list. */
  public OwnershipTransfer {
    managedFields = List.copyOf(managedFields);
  }
}
