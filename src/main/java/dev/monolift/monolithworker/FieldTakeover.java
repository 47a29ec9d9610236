package dev.monolift.monolithworker;

import dev.monolift.fields.FieldPath;
import dev.monolift.fields.FieldSet;
import dev.monolift.plan.Labels;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.OwnershipTransfer;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Moves field ownership from former appliers to ours, so that the next apply removes what it does
 * not send.
 *
 * <p>Not moved: entries with a subresource (an autoscaler's {@code scale}, anybody's {@code
 * status}), those of kube-controller-manager (the revision annotation), the pod annotation of a
 * rollout restart, labels and annotations that only describe, and fields of other API versions.
 */
final class FieldTakeover {
  private static final String API_VERSION = "apps/v1";
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath METADATA = FieldPath.of("metadata");
  private static final FieldPath RESTARTED_AT =
      FieldPath.of("spec", "template", "metadata", "annotations")
          .field("kubectl.kubernetes.io/restartedAt");

  /**
   * Marks by which a former tool would find the Deployment again, to prune or to overwrite it; they
   * go.
   */
  private static final Set<String> TRACKING =
      Set.of(
          "f:kubectl.kubernetes.io/last-applied-configuration",
          "f:applyset.kubernetes.io/part-of",
          "f:app.kubernetes.io/instance",
          "f:argocd.argoproj.io/tracking-id",
          "f:meta.helm.sh/release-name",
          "f:meta.helm.sh/release-namespace",
          "f:kustomize.toolkit.fluxcd.io/name",
          "f:kustomize.toolkit.fluxcd.io/namespace",
          "f:helm.toolkit.fluxcd.io/name",
          "f:helm.toolkit.fluxcd.io/namespace");

  private FieldTakeover() {}

  /**
   * What moves when a Deployment is taken over.
   *
   * @param replicasHandedOver whether an autoscaler keeps the replicas: owning them together with
   *     it would let a crash before the apply look as if we set them
   * @return a condition on paths
   */
  static Predicate<FieldPath> everythingOfTheSpec(boolean replicasHandedOver) {
    return path ->
        (path.startsWith(SPEC)
                && !path.equals(RESTARTED_AT)
                && !(replicasHandedOver && path.equals(ReplicasOwnership.REPLICAS)))
            || (path.startsWith(METADATA) && TRACKING.contains(path.steps().getLast()));
  }

  /**
   * The new managedFields.
   *
   * @param live the Deployment
   * @param moving which paths move from others to us
   * @param added paths that become ours whoever owned them, also when nobody did
   * @return the transfer; empty when nothing would change
   */
  static Optional<OwnershipTransfer> plan(
      Deployment live, Predicate<FieldPath> moving, Set<FieldPath> added) {
    var kept = new ArrayList<ManagedFieldsEntry>();
    FieldSet ours = new FieldSet(new TreeSet<>(added));
    FieldSet before = FieldSet.EMPTY;
    String time = null;
    boolean moves = false;
    for (ManagedFieldsEntry entry : live.getMetadata().getManagedFields()) {
      FieldSet fields = FieldSet.of(entry.getFieldsV1());
      if (ReplicasOwnership.isOurs(entry)) {
        before = fields;
        ours = ours.union(fields);
        time = latest(time, entry.getTime());
      } else if (isMovable(entry)) {
        FieldSet moved = fields.filter(path -> moving.test(path) || added.contains(path));
        ours = ours.union(moved);
        moves |= !moved.isEmpty();
        time = moved.isEmpty() ? time : latest(time, entry.getTime());
        keep(entry, fields.filter(path -> !moved.owns(path)), kept);
      } else {
        kept.add(entry);
      }
    }
    if (!moves && ours.equals(before)) {
      return Optional.empty();
    }
    kept.addFirst(entry(ours, time));
    return Optional.of(
        new OwnershipTransfer(ObjectRef.of(live), live.getMetadata().getResourceVersion(), kept));
  }

  /** Whether fields of an entry can become ours. */
  static boolean isMovable(ManagedFieldsEntry entry) {
    return ReplicasOwnership.noSubresource(entry)
        && API_VERSION.equals(entry.getApiVersion())
        && !"kube-controller-manager".equals(entry.getManager());
  }

  private static void keep(ManagedFieldsEntry entry, FieldSet rest, List<ManagedFieldsEntry> into) {
    if (!rest.isEmpty()) {
      into.add(new ManagedFieldsEntryBuilder(entry).withFieldsV1(rest.toFieldsV1()).build());
    }
  }

  private static ManagedFieldsEntry entry(FieldSet fields, @Nullable String time) {
    return new ManagedFieldsEntryBuilder()
        .withManager(Labels.MONOLIFT)
        .withOperation("Apply")
        .withApiVersion(API_VERSION)
        .withTime(time)
        .withFieldsType("FieldsV1")
        .withFieldsV1(fields.toFieldsV1())
        .build();
  }

  private static @Nullable String latest(@Nullable String a, @Nullable String b) {
    return Stream.of(a, b).filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
  }
}
