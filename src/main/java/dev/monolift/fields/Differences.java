package dev.monolift.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What applying would change on a child of ours, told without asking the API server. The planner
 * and the executor both ask this and nothing else, so they cannot disagree.
 *
 * <p>That we still own a field means that nobody has changed it since our last apply. So when that
 * apply sent what is wanted now, an owned field is as wanted, whatever the API server or a webhook
 * made of its value. A foreign edit takes the field from us and is always a difference; so is what
 * we own and no longer want. Values are compared only where something else than wanted now was sent
 * last, or where the field is not ours.
 */
public final class Differences {
  private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "metadata", "status");
  private static final List<String> METADATA = List.of("labels", "annotations", "ownerReferences");

  private final JsonNode live;
  private final JsonNode desired;
  private @Nullable Boolean sent;
  private final List<Change> changes = new ArrayList<>();

  private Differences(JsonNode live, JsonNode desired) {
    this.live = live;
    this.desired = desired;
  }

  /**
   * Compares.
   *
   * @param desired the object as it shall be, without the mark of {@link LastApply}
   * @param live the object as the cluster has it, with its managedFields
   * @return differences; empty when applying would change nothing
   */
  public static List<Change> between(JsonNode desired, JsonNode live) {
    var owned = OwnedFields.of(live);
    var ownedMetadata = owned.child("metadata");
    var differences = new Differences(live, desired);
    for (String field : METADATA) {
      differences.field(
          new Place(FieldPath.of("metadata", field), field, false),
          desired.path("metadata").get(field),
          live.path("metadata").path(field),
          ownedMetadata.field(field));
    }
    differences.fields(
        new Place(FieldPath.ROOT, "", false), without(desired), live, owned, IDENTITY);
    return List.copyOf(differences.changes);
  }

  private static JsonNode without(JsonNode object) {
    ObjectNode shallow = JsonNodeFactory.instance.objectNode();
    return shallow.<ObjectNode>setAll((ObjectNode) object).without(IDENTITY);
  }

  private void fields(
      Place place, JsonNode wanted, JsonNode actual, OwnedFields owned, Set<String> except) {
    for (var field : wanted.properties()) {
      String name = field.getKey();
      field(
          place.child(name, field.getValue()),
          field.getValue(),
          actual.path(name),
          owned.field(name));
    }
    for (String name : owned.fields()) {
      if (!wanted.has(name) && !except.contains(name)) {
        add(place.path().field(name), actual.get(name), null);
      }
    }
  }

  private void field(
      Place place, @Nullable JsonNode wanted, JsonNode actual, @Nullable OwnedFields owned) {
    if (wanted == null || wanted.isNull()) {
      if (owned != null) {
        add(place.path(), actual, null);
      }
    } else if (owned == null) {
      notOwned(place.path(), wanted);
    } else {
      value(place, wanted, actual, owned);
    }
  }

  /** Without ownership there are only values to compare; also an equal one becomes ours. */
  private void notOwned(FieldPath path, JsonNode wanted) {
    int before = changes.size();
    TreeDiff.of(StoredForm.of(live), StoredForm.of(desired), FieldSet.EMPTY).stream()
        .filter(change -> change.path().startsWith(path))
        .forEach(changes::add);
    if (changes.size() == before) {
      changes.add(Change.ofOwner(path, wanted));
    }
  }

  private void value(Place place, JsonNode wanted, JsonNode actual, OwnedFields owned) {
    if (actual.isMissingNode() || actual.isNull()) {
      differentUnless(ScalarValues.isLeftOut(wanted) || isSent(), place, wanted, actual);
    } else if (owned.isLeaf()) {
      differentUnless(
          ScalarValues.sameAtomic(wanted, actual, place.quantity()) || isSent(),
          place,
          wanted,
          actual);
    } else if (wanted.isObject()) {
      fields(place, wanted, actual, owned, Set.of());
    } else if (wanted.isArray() && owned.listKind() == OwnedFields.ListKind.MAP) {
      list(place, wanted, actual, owned.items());
    } else if (wanted.isArray() && owned.listKind() == OwnedFields.ListKind.SET) {
      set(place, wanted, actual, owned.values());
    } else {
      add(place.path(), actual, wanted);
    }
  }

  /** Asked only where the values do not tell: it takes a digest of everything that is wanted. */
  private boolean isSent() {
    if (sent == null) {
      sent = LastApply.sentLast(desired, live);
    }
    return sent;
  }

  private void differentUnless(boolean same, Place place, JsonNode wanted, JsonNode actual) {
    if (!same) {
      add(place.path(), actual, wanted);
    }
  }

  private void add(FieldPath path, @Nullable JsonNode before, @Nullable JsonNode after) {
    boolean none = before == null || before.isMissingNode() || before.isNull();
    changes.add(new Change(path, none ? null : before, after));
  }

  private void list(
      Place place, JsonNode wanted, JsonNode actual, List<OwnedFields.Item> ownedItems) {
    var unwanted = new ArrayList<>(ownedItems);
    int last = -1;
    boolean ordered = true;
    for (JsonNode item : wanted) {
      var owned = ownedItems.stream().filter(o -> o.matches(item)).findFirst();
      if (owned.isEmpty()) {
        notOwned(place.path().then(ownedItems.getFirst().stepOf(item)), item);
        continue;
      }
      unwanted.remove(owned.get());
      var here = place.item(owned.get());
      int index = index(actual, owned.get());
      if (index < 0) {
        differentUnless(isSent(), here, item, actual.path(-1));
      } else {
        ordered &= index > last;
        last = index;
        value(here, item, actual.get(index), owned.get().fields());
      }
    }
    if (!ordered) {
      // Environment variables refer to earlier ones, init containers run in order. The order has no
      // owner: this may be an edit, or what a webhook makes of every apply.
      changes.add(
          isSent()
              ? Change.ofOwner(place.path(), wanted)
              : new Change(place.path(), actual, wanted));
    }
    unwanted.forEach(item -> add(place.item(item).path(), actual.get(index(actual, item)), null));
  }

  private void set(Place place, JsonNode wanted, JsonNode actual, List<JsonNode> owned) {
    var values = new HashSet<JsonNode>();
    wanted.forEach(values::add);
    var there = new HashSet<JsonNode>();
    actual.forEach(there::add);
    differentUnless(
        values.equals(new HashSet<>(owned)) && (there.containsAll(values) || isSent()),
        place,
        wanted,
        actual);
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
   * @param path path from the root
   * @param name name of the field
   * @param quantity whether values here are quantities
   */
  private record Place(FieldPath path, String name, boolean quantity) {

    Place child(String field, JsonNode value) {
      return new Place(
          path.field(field), field, quantity || ScalarValues.holdsQuantities(name, field, value));
    }

    Place item(OwnedFields.Item item) {
      return new Place(path.then(item.step()), name, quantity);
    }
  }
}
