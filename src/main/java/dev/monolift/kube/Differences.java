package dev.monolift.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a child differs from what the operator wants, told without asking the API server.
 *
 * <p>Only fields of the operator count. That it still owns a field means that nobody has changed
 * the field since its last apply; so a value that the API server stores in another form, or leaves
 * out because it is empty, is not a difference, and a foreign edit always is one. What it owns but
 * no longer wants is a difference too: applying removes it.
 */
final class Differences {
  private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "metadata", "status");
  private static final List<String> METADATA = List.of("labels", "annotations", "ownerReferences");

  private static final Place ROOT = new Place("", "", false);

  private final List<String> paths = new ArrayList<>();

  private Differences() {}

  /**
   * Compares.
   *
   * @param desired the object as it shall be, as JSON
   * @param actual the object as the cluster has it, with its managedFields, as JSON
   * @return paths of the fields that differ, without values; empty when applying would change
   *     nothing
   */
  static List<String> between(JsonNode desired, JsonNode actual) {
    var owned = OwnedFields.of(actual);
    if (owned.isEmpty()) {
      return List.of("(not yet applied by monolift)");
    }
    var differences = new Differences();
    var ownedMetadata = owned.get().field("metadata");
    for (String field : METADATA) {
      differences.field(
          new Place("metadata." + field, field, false),
          desired.path("metadata").get(field),
          actual.path("metadata").path(field),
          ownedMetadata == null ? null : ownedMetadata.field(field));
    }
    differences.fields(ROOT, without(desired), actual, owned.get(), IDENTITY);
    return List.copyOf(differences.paths);
  }

  private static JsonNode without(JsonNode object) {
    return object.<ObjectNode>deepCopy().without(IDENTITY);
  }

  private void fields(
      Place place, JsonNode desired, JsonNode actual, OwnedFields owned, Set<String> except) {
    for (var field : desired.properties()) {
      String name = field.getKey();
      field(
          place.child(name, field.getValue()),
          field.getValue(),
          actual.path(name),
          owned.field(name));
    }
    for (String name : owned.fields()) {
      if (!desired.has(name) && !except.contains(name)) {
        paths.add(place.child(name, MissingNode.getInstance()).path());
      }
    }
  }

  private void field(
      Place place, @Nullable JsonNode desired, JsonNode actual, @Nullable OwnedFields owned) {
    boolean wanted = desired != null && !desired.isNull();
    if (wanted != (owned != null)) {
      paths.add(place.path());
    } else if (desired != null && owned != null) {
      value(place, desired, actual, owned);
    }
  }

  private void value(Place place, JsonNode desired, JsonNode actual, OwnedFields owned) {
    if (actual.isMissingNode() || actual.isNull()) {
      differentUnless(ScalarValues.isLeftOut(desired), place);
    } else if (owned.isLeaf()) {
      differentUnless(ScalarValues.sameAtomic(desired, actual, place.quantity()), place);
    } else if (desired.isObject()) {
      fields(place, desired, actual, owned, Set.of());
    } else if (desired.isArray() && owned.listKind() == OwnedFields.ListKind.MAP) {
      list(place, desired, actual, owned.items());
    } else if (desired.isArray() && owned.listKind() == OwnedFields.ListKind.SET) {
      set(place, desired, actual, owned.values());
    } else {
      paths.add(place.path());
    }
  }

  private void differentUnless(boolean same, Place place) {
    if (!same) {
      paths.add(place.path());
    }
  }

  private void list(
      Place place, JsonNode desired, JsonNode actual, List<OwnedFields.Item> ownedItems) {
    var unwanted = new ArrayList<>(ownedItems);
    int last = -1;
    for (JsonNode item : desired) {
      var here = place.item(item);
      var owned = ownedItems.stream().filter(o -> o.matches(item)).findFirst();
      int index = owned.isEmpty() ? -1 : index(actual, owned.get());
      if (index < 0) {
        paths.add(here.path());
      } else {
        // environment variables refer to earlier ones, init containers run in order
        differentUnless(index > last, place);
        last = Math.max(last, index);
        value(here, item, actual.get(index), owned.get().fields());
      }
      owned.ifPresent(unwanted::remove);
    }
    unwanted.forEach(item -> paths.add(place.item(item.key()).path()));
  }

  private void set(Place place, JsonNode desired, JsonNode actual, List<JsonNode> owned) {
    var wanted = new HashSet<JsonNode>();
    desired.forEach(wanted::add);
    var there = new HashSet<JsonNode>();
    actual.forEach(there::add);
    differentUnless(wanted.equals(new HashSet<>(owned)) && there.containsAll(wanted), place);
  }

  private static int index(JsonNode list, OwnedFields.Item item) {
    for (int i = 0; i < list.size(); i++) {
      if (item.matches(list.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Where the comparison is.
   *
   * @param path path from the root, for people
   * @param name name of the field
   * @param quantity whether values here are quantities
   */
  private record Place(String path, String name, boolean quantity) {

    Place child(String field, JsonNode value) {
      return new Place(
          path.isEmpty() ? field : path + "." + field,
          field,
          quantity || ScalarValues.holdsQuantities(name, field, value));
    }

    Place item(JsonNode item) {
      JsonNode key = item.has("name") ? item.path("name") : item.path(0);
      if (key.isMissingNode() && !item.isEmpty()) {
        key = item.iterator().next();
      }
      return new Place(path + "[" + key.asText() + "]", name, quantity);
    }
  }
}
