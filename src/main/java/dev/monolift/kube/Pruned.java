package dev.monolift.kube;

import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;

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
    return new TransformingItemStore<>(
        resource -> {
          dropLastApplied(resource);
          resource.getMetadata().setManagedFields(null);
          return resource;
        });
  }

  /**
   * A child with all of its managedFields, in a compact form. It is changed in place.
   *
   * @param child the child
   * @param texts texts that children of this type have in common
   */
  static <T extends HasMetadata> T child(T child, SharedTexts texts) {
    if (child instanceof ConfigMap configMap && configMap.getData() != null) {
      texts.share(configMap.getData());
    }
    return compact(child);
  }

  private static <T extends HasMetadata> T compact(T child) {
    dropLastApplied(child);
    for (var entry : child.getMetadata().getManagedFields()) {
      if (entry.getFieldsV1() != null) {
        entry.setFieldsV1(CompactFields.of(entry.getFieldsV1()));
      }
    }
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
    return compact(child);
  }

  private static void dropLastApplied(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    if (annotations != null) {
      annotations.remove(LAST_APPLIED);
    }
  }
}
