package dev.monolift.fields;

import io.fabric8.kubernetes.api.model.FieldsV1;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of field paths that somebody owns, as {@code metadata.managedFields[].fieldsV1} holds it. A
 * node of that tree is a member of the set when it has no children or has the child {@code "."}.
 *
 * @param paths the members, in order
 */
public record FieldSet(SortedSet<FieldPath> paths) {
  /** Nothing. */
  public static final FieldSet EMPTY = new FieldSet(new TreeSet<>());

  private static final String MEMBER = ".";

  /** Copies the set. */
  public FieldSet {
    paths = Collections.unmodifiableSortedSet(new TreeSet<>(paths));
  }

  /**
   * Reads a set.
   *
   * @param fields the tree; null means nothing is owned
   * @return its members
   */
  public static FieldSet of(@Nullable FieldsV1 fields) {
    var paths = new TreeSet<FieldPath>();
    if (fields != null) {
      collect(fields.getAdditionalProperties(), FieldPath.ROOT, paths);
    }
    return new FieldSet(paths);
  }

  private static void collect(Map<?, ?> node, FieldPath path, SortedSet<FieldPath> into) {
    if (!path.steps().isEmpty() && (node.isEmpty() || node.containsKey(MEMBER))) {
      into.add(path);
    }
    node.forEach(
        (step, child) -> {
          if (!MEMBER.equals(step) && child instanceof Map<?, ?> children) {
            collect(children, path.then(String.valueOf(step)), into);
          }
        });
  }

  /**
   * Writes the set.
   *
   * @return the tree for managedFields
   */
  public FieldsV1 toFieldsV1() {
    var root = new LinkedHashMap<String, Object>();
    paths.forEach(path -> insert(root, path));
    var fields = new FieldsV1();
    fields.setAdditionalProperties(root);
    return fields;
  }

  /**
   * Paths come sorted, a parent before its children: a node that is there and empty is a member.
   */
  private static void insert(Map<String, Object> root, FieldPath path) {
    Map<String, Object> node = root;
    boolean member = false;
    for (String step : path.steps()) {
      if (member) {
        node.put(MEMBER, new LinkedHashMap<String, Object>());
      }
      Object there = node.get(step);
      member = there instanceof Map<?, ?> children && children.isEmpty();
      @SuppressWarnings("unchecked")
      var next =
          (Map<String, Object>) (there == null ? new LinkedHashMap<String, Object>() : there);
      node.put(step, next);
      node = next;
    }
  }

  /**
   * Members of either set.
   *
   * @param other the other set
   * @return the union
   */
  public FieldSet union(FieldSet other) {
    var all = new TreeSet<>(paths);
    all.addAll(other.paths);
    return new FieldSet(all);
  }

  /**
   * The members that a condition holds for.
   *
   * @param condition the condition
   * @return those members
   */
  public FieldSet filter(Predicate<FieldPath> condition) {
    var some = new TreeSet<>(paths);
    some.removeIf(condition.negate());
    return new FieldSet(some);
  }

  /**
   * Whether a path is a member.
   *
   * @param path the path
   * @return whether it is owned
   */
  public boolean owns(FieldPath path) {
    return paths.contains(path);
  }

  /**
   * Whether there is no member.
   *
   * @return true when nothing is owned
   */
  public boolean isEmpty() {
    return paths.isEmpty();
  }
}
