package dev.monolift.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an informer keeps: objects without what no pass reads. What it drops goes to the tombstones
 * first, because the informer tells of it only afterwards, in another thread.
 *
 * @param <T> type of the objects
 */
final class ChildStore<T extends HasMetadata> extends TransformingItemStore<T> {
  private final Tombstones<T> tombstones;
  private final boolean keepsDeleted;

  ChildStore(UnaryOperator<T> trim, Tombstones<T> tombstones, boolean keepsDeleted) {
    super(trim);
    this.tombstones = tombstones;
    this.keepsDeleted = keepsDeleted;
  }

  @Override
  @Nullable
  public T remove(String key) {
    T last = get(key);
    if (keepsDeleted && last != null) {
      tombstones.leaves(last);
    }
    return super.remove(key);
  }
}
