package dev.monolift.kube;

import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;

/** Stores for informers that keep only what a pass reads; memory is paid per object, for ever. */
public final class Pruned {
  /** Label selector of children. */
  static final String SELECTOR = Labels.MANAGED_BY + "=" + Labels.MONOLIFT;

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private Pruned() {}

  /**
   * A store for the resources themselves: without managedFields.
   *
   * @param <T> type of the resource
   * @return an empty store
   */
  public static <T extends HasMetadata> ItemStore<T> resources() {
    return new PackedStore<>(
        resource -> {
          dropLastApplied(resource);
          resource.getMetadata().setManagedFields(null);
          return resource;
        });
  }

  /** A child with all of its managedFields. It is changed in place. */
  static <T extends HasMetadata> T child(T child) {
    dropLastApplied(child);
    return child;
  }

  /** A child of which only our own fields are looked at: without those of others and its status. */
  static <T extends HasMetadata> T ownFields(T child) {
    var fields = child.getMetadata().getManagedFields();
    child
        .getMetadata()
        .setManagedFields(
            fields.stream().filter(entry -> Labels.MONOLIFT.equals(entry.getManager())).toList());
    if (child instanceof CronJob cronJob) {
      cronJob.setStatus(null);
    }
    return child(child);
  }

  private static void dropLastApplied(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    if (annotations != null) {
      annotations.remove(LAST_APPLIED);
    }
  }
}
