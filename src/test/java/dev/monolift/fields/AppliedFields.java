package dev.monolift.fields;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** The set of fields that a server-side apply of an object would own. */
public final class AppliedFields {
  private AppliedFields() {}

  /**
   * The set.
   *
   * @param applied what is applied
   * @return its members, without identity
   */
  public static FieldSet of(JsonNode applied) {
    var paths = new TreeSet<FieldPath>();
    collect(FieldPath.ROOT, "", applied, paths);
    paths.removeIf(
        path ->
            path.equals(FieldPath.of("apiVersion"))
                || path.equals(FieldPath.of("kind"))
                || path.equals(FieldPath.of("metadata", "name"))
                || path.equals(FieldPath.of("metadata", "namespace"))
                || path.equals(FieldPath.of("metadata", "resourceVersion")));
    return new FieldSet(paths);
  }

  private static void collect(FieldPath path, String name, JsonNode node, Set<FieldPath> into) {
    if (node.isObject() && !node.isEmpty() && !ListKeys.ATOMIC.contains(name)) {
      node.properties()
          .forEach(f -> collect(path.field(f.getKey()), f.getKey(), f.getValue(), into));
    } else if (node.isArray() && ListKeys.keyed(name)) {
      for (JsonNode item : node) {
        FieldPath there = path.then(ListKeys.step(name, item));
        into.add(there);
        collect(there, "", item, into);
      }
    } else {
      into.add(path);
    }
  }
}
