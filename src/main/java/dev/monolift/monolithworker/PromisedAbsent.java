package dev.monolift.monolithworker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.fields.FieldPath;
import java.util.List;
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
 */
final class PromisedAbsent {
  /** The structure itself is listed before its fields: an owner of it alone would keep it. */
  private static final List<FieldPath> CANDIDATES =
      List.of(
          FieldPath.of("spec", "minReadySeconds"),
          FieldPath.of("spec", "strategy", "rollingUpdate"),
          FieldPath.of("spec", "strategy", "rollingUpdate", "maxSurge"),
          FieldPath.of("spec", "strategy", "rollingUpdate", "maxUnavailable"));

  private static final FieldPath ACCOUNT =
      FieldPath.of("spec", "template", "spec", "serviceAccount");
  private static final FieldPath ACCOUNT_NAME =
      FieldPath.of("spec", "template", "spec", "serviceAccountName");

  private PromisedAbsent() {}

  /** The fields that the live Deployment has and that must go. */
  static List<FieldPath> in(JsonNode live, JsonNode desired) {
    Stream<FieldPath> account =
        ACCOUNT_NAME.in(desired).isPresent() ? Stream.of() : Stream.of(ACCOUNT);
    return Stream.concat(CANDIDATES.stream(), account)
        .filter(path -> path.in(live).isPresent() && path.in(desired).isEmpty())
        .toList();
  }
}
