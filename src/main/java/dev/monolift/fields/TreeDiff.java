package dev.monolift.fields;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server-side apply would change, told from values alone: fields that differ, fields that
 * are missing, and fields that vanish because the applier owned them and sends them no longer.
 * Values that the API server would fill in again are no difference. It is for what we do not own
 * yet: a Deployment that may be taken over. For children of ours there is {@link Differences}.
 */
public final class TreeDiff {
  private final Map<FieldPath, Change> changes = new LinkedHashMap<>();

  private TreeDiff() {}

  /**
   * Compares.
   *
   * @param live the object as it is
   * @param desired what would be applied, without status
   * @param ownedAlone fields that the applier owns and nobody else does
   * @return differences in the order of the desired tree, then those that vanish
   */
  public static List<Change> of(JsonNode live, JsonNode desired, FieldSet ownedAlone) {
    var diff = new TreeDiff();
    diff.compare(FieldPath.ROOT, "", live, desired);
    for (FieldPath path : ownedAlone.paths()) {
      diff.vanishing(path, live, desired);
    }
    return List.copyOf(diff.changes.values());
  }

  private void compare(FieldPath path, String name, JsonNode live, JsonNode desired) {
    boolean whole = ListKeys.ATOMIC.contains(name) || (desired.isArray() && !ListKeys.keyed(name));
    if (whole || desired.getNodeType() != live.getNodeType() || desired.isValueNode()) {
      if (!same(live, desired)) {
        add(path, live, desired);
      }
    } else if (desired.isArray()) {
      items(path, name, live, desired);
    } else {
      for (var field : desired.properties()) {
        descend(
            path.field(field.getKey()), field.getKey(), live.get(field.getKey()), field.getValue());
      }
    }
  }

  private void items(FieldPath path, String name, JsonNode live, JsonNode desired) {
    int last = -1;
    boolean ordered = true;
    for (JsonNode item : desired) {
      String step = ListKeys.step(name, item);
      JsonNode there = new FieldPath(List.of(step)).in(live).orElse(null);
      descend(path.then(step), "", there, item);
      if (there != null) {
        int index = indexOf(live, there);
        ordered &= index > last;
        last = index;
      }
    }
    if (!ordered) {
      // variables refer to earlier ones and init containers run in order
      add(path, live, desired);
    }
  }

  private static int indexOf(JsonNode list, JsonNode item) {
    int index = 0;
    while (!list.get(index).equals(item)) {
      index++;
    }
    return index;
  }

  private void descend(FieldPath path, String name, @Nullable JsonNode live, JsonNode desired) {
    if (live == null || live.isNull()) {
      add(path, null, desired);
    } else {
      compare(path, name, live, desired);
    }
  }

  private void vanishing(FieldPath path, JsonNode live, JsonNode desired) {
    JsonNode value = path.in(live).orElse(null);
    if (value == null || path.in(desired).isPresent() || isGone(path)) {
      return;
    }
    FieldPath item = path.missingItem(desired);
    if (item.equals(path) && refilled(path, value, live)) {
      return;
    }
    item.in(live).ifPresent(gone -> add(item, gone, null));
  }

  /** Whether something that the path leads into vanishes already; parents come first. */
  private boolean isGone(FieldPath path) {
    return changes.values().stream()
        .anyMatch(change -> change.after() == null && path.startsWith(change.path()));
  }

  private static boolean refilled(FieldPath path, JsonNode value, JsonNode live) {
    String last = path.steps().getLast();
    JsonNode parent =
        new FieldPath(path.steps().subList(0, path.steps().size() - 1)).in(live).orElse(live);
    return last.startsWith("f:") && StoredForm.isDefault(last.substring(2), value, parent);
  }

  private void add(FieldPath path, @Nullable JsonNode before, @Nullable JsonNode after) {
    changes.putIfAbsent(path, new Change(path, before, after));
  }

  /** Equality of two values that have one owner as a whole. */
  private static boolean same(JsonNode live, JsonNode desired) {
    if (live.isObject() && desired.isObject()) {
      for (var field : desired.properties()) {
        JsonNode there = live.get(field.getKey());
        if (there == null || !same(there, field.getValue())) {
          return false;
        }
      }
      return live.properties().stream()
          .filter(field -> !desired.has(field.getKey()))
          .allMatch(field -> StoredForm.isDefault(field.getKey(), field.getValue(), live));
    }
    if (live.isArray() && desired.isArray()) {
      boolean same = live.size() == desired.size();
      for (int i = 0; same && i < live.size(); i++) {
        same = same(live.get(i), desired.get(i));
      }
      return same;
    }
    return Json.sameValue(live, desired);
  }
}
