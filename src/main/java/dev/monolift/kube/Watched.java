package dev.monolift.kube;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of one type are watched.
 *
 * @param selector label selector
 * @param trim drops from a new object what no pass reads; memory is paid per object, for ever
 * @param isNewsOf whether a change is told to the owner, by the states before, which is null for a
 *     new object, and after
 * @param keepsDeleted whether the last state of an object that is gone is kept for the next pass
 * @param <T> type of the objects
 */
record Watched<T extends HasMetadata>(
    String selector,
    UnaryOperator<T> trim,
    BiPredicate<@Nullable T, T> isNewsOf,
    boolean keepsDeleted) {

  /** Of these a pass also reads who else owns which field, and the status. */
  private static final Set<Class<? extends HasMetadata>> READ_WHOLE =
      Set.of(Deployment.class, ConfigMap.class);

  boolean isNews(@Nullable T before, T after) {
    return isNewsOf.test(before, after);
  }

  /** How a type is watched. Pods are not made by the operator: they have the label of a worker. */
  @SuppressWarnings("unchecked") // the class is the witness
  static <T extends HasMetadata> Watched<T> of(Class<T> type) {
    if (type == Pod.class) {
      return (Watched<T>) new Watched<Pod>(Pods.SELECTOR, Pods::trimmed, Pods::isNews, true);
    }
    return new Watched<>(
        Pruned.SELECTOR,
        child -> READ_WHOLE.contains(type) ? Pruned.child(child) : Pruned.ownFields(child),
        (before, after) -> true,
        false);
  }
}
