package dev.monolift.monolithworker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.fields.FieldPath;
import dev.monolift.fields.FieldSet;
import dev.monolift.fields.Json;
import dev.monolift.fields.LastApply;
import dev.monolift.fields.StoredForm;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fields that must not exist when they are not wanted. Leaving out a field that somebody else owns,
 * or that the API server filled in, does not remove it; so its ownership is taken over first, and
 * the next apply removes it.
 *
 * <ul>
 *   <li>{@code strategy.rollingUpdate} with type Recreate: the API server rejects the two together,
 *       so every apply would fail (seen);
 *   <li>{@code minReadySeconds}: its default is zero, which the API server drops, so it cannot be
 *       sent;
 *   <li>{@code serviceAccount}: the API server's copy of {@code serviceAccountName}; when the user
 *       removes the name, the copy brings it back (seen).
 * </ul>
 *
 * <p>A field that comes back after every removal would be removed in every pass, for ever. Two such
 * fields are left alone: the copy of a {@code serviceAccountName} that stays, and what nobody owns
 * although the last apply sent exactly what is wanted: a webhook filled it in. A person's edit has
 * an owner; after a change of the user's, something else was sent last.
 *
 * @param live the Deployment as it is
 * @param trees what is compared
 * @param moving which paths move from other owners to us anyway
 */
record PromisedAbsent(Deployment live, Trees trees, Predicate<FieldPath> moving) {
  private static final FieldPath STRATEGY = FieldPath.of("spec", "strategy");

  /** The structure itself is listed before its fields: an owner of it alone would keep it. */
  private static final List<FieldPath> ROLLING_UPDATE =
      List.of(
          STRATEGY.field("rollingUpdate"),
          STRATEGY.field("rollingUpdate").field("maxSurge"),
          STRATEGY.field("rollingUpdate").field("maxUnavailable"));

  private static final FieldPath MIN_READY = FieldPath.of("spec", "minReadySeconds");
  private static final FieldPath ACCOUNT =
      FieldPath.of("spec", "template", "spec", "serviceAccount");
  private static final FieldPath ACCOUNT_NAME =
      FieldPath.of("spec", "template", "spec", "serviceAccountName");

  /**
   * What is compared, as trees: making them is most of the work of a pass.
   *
   * @param live the Deployment as it is
   * @param stored the same in the form in which the API server would store it
   * @param desired the Deployment as it shall be
   */
  record Trees(JsonNode live, JsonNode stored, JsonNode desired) {
    static Trees of(Deployment live, Deployment desired) {
      JsonNode tree = Json.tree(live);
      return new Trees(tree, StoredForm.of(tree), Json.tree(desired));
    }
  }

  /** The fields that the live Deployment has and that must go. */
  Set<FieldPath> fields() {
    JsonNode before = trees.stored();
    JsonNode after = trees.desired();
    boolean sentLast = LastApply.sentLast(after, trees.live());
    var candidates = Stream.<FieldPath>builder();
    if (!sentLast || isOwned(MIN_READY::equals)) {
      candidates.add(MIN_READY);
    }
    // all or nothing: whoever set one of them, or the type, made the API server fill in the others
    if (!sentLast || isStrategyEdited()) {
      ROLLING_UPDATE.forEach(candidates);
    }
    if (ACCOUNT_NAME.in(after).isEmpty()
        && (ACCOUNT_NAME.in(before).isEmpty() || isNameVanishing())
        && (!sentLast || isOwned(ACCOUNT::equals))) {
      candidates.add(ACCOUNT);
    }
    return candidates
        .build()
        .filter(path -> path.in(before).isPresent() && path.in(after).isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isStrategyEdited() {
    return isOwned(path -> path.startsWith(ROLLING_UPDATE.getFirst()))
        || owners(path -> path.startsWith(STRATEGY)).anyMatch(e -> !ReplicasOwnership.isOurs(e));
  }

  /** Whether the next apply removes the name: it is ours, or becomes ours, and nobody else's. */
  private boolean isNameVanishing() {
    return isOwned(ACCOUNT_NAME::equals)
        && owners(ACCOUNT_NAME::equals)
            .allMatch(
                entry ->
                    ReplicasOwnership.isOurs(entry)
                        || (FieldTakeover.isMovable(entry) && moving.test(ACCOUNT_NAME)));
  }

  private boolean isOwned(Predicate<FieldPath> paths) {
    return owners(paths).findAny().isPresent();
  }

  private Stream<ManagedFieldsEntry> owners(Predicate<FieldPath> paths) {
    return live.getMetadata().getManagedFields().stream()
        .filter(entry -> !FieldSet.of(entry.getFieldsV1()).filter(paths).isEmpty());
  }
}
