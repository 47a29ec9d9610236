package dev.monolift.fields;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way from an object to one of its fields, in the notation of {@code metadata.managedFields}:
 * {@code f:spec}, {@code k:{"name":"php"}} for an item of a keyed list, {@code v:"a"} for an item
 * of a set.
 *
 * @param steps steps from the root; empty means the object itself
 */
public record FieldPath(List<String> steps) implements Comparable<FieldPath> {
  /** The object itself. */
  public static final FieldPath ROOT = new FieldPath(List.of());

  /** Copies the list. */
  public FieldPath {
    steps = List.copyOf(steps);
  }

  /**
   * A path of plain fields.
   *
   * @param names names without the {@code f:} prefix
   * @return the path
   */
  public static FieldPath of(String... names) {
    FieldPath path = ROOT;
    for (String name : names) {
      path = path.field(name);
    }
    return path;
  }

  /**
   * The path to a field of what this path leads to.
   *
   * @param name name of the field
   * @return the longer path
   */
  public FieldPath field(String name) {
    return then("f:" + name);
  }

  /**
   * The path one step on.
   *
   * @param step a step in managedFields notation
   * @return the longer path
   */
  public FieldPath then(String step) {
    var longer = new ArrayList<String>(steps);
    longer.add(step);
    return new FieldPath(longer);
  }

  /**
   * Whether this path leads to or into what another one leads to.
   *
   * @param prefix the other path
   * @return whether it is the start of this one
   */
  public boolean startsWith(FieldPath prefix) {
    return steps.size() >= prefix.steps.size()
        && steps.subList(0, prefix.steps.size()).equals(prefix.steps);
  }

  /**
   * The path to the outermost list item on the way, or all of it when there is none.
   *
   * @param tree a tree that lacks the field
   * @return the first list item on this path that the tree lacks, else this path
   */
  public FieldPath missingItem(JsonNode tree) {
    for (int i = 1; i <= steps.size(); i++) {
      if (steps.get(i - 1).startsWith("k:")) {
        var item = new FieldPath(steps.subList(0, i));
        if (item.in(tree).isEmpty()) {
          return item;
        }
      }
    }
    return this;
  }

  /**
   * What this path leads to.
   *
   * @param tree the object's tree
   * @return the value, if the tree has it
   */
  public Optional<JsonNode> in(JsonNode tree) {
    JsonNode node = tree;
    for (String step : steps) {
      JsonNode next = child(node, step);
      if (next == null || next.isNull()) {
        return Optional.empty();
      }
      node = next;
    }
    return Optional.of(node);
  }

  private static @Nullable JsonNode child(JsonNode node, String step) {
    String key = step.substring(2);
    if (step.startsWith("f:")) {
      return node.get(key);
    }
    JsonNode wanted = Json.parse(key);
    for (JsonNode item : node) {
      if (step.startsWith("k:") ? ListKeys.matches(item, wanted) : item.equals(wanted)) {
        return item;
      }
    }
    return null;
  }

  /** The path as a person writes it: {@code spec.template.spec.containers[php].image}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (String step : steps) {
      String key = step.substring(2);
      if (step.startsWith("k:")) {
        var values = new ArrayList<String>();
        Json.parse(key).forEach(value -> values.add(value.asText()));
        text.append('[').append(String.join(",", values)).append(']');
      } else if (step.startsWith("v:") || key.indexOf('.') >= 0 || key.indexOf('/') >= 0) {
        text.append('[').append(key).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(key);
      }
    }
    return text.toString();
  }

  @Override
  public int compareTo(FieldPath other) {
    for (int i = 0; i < Math.min(steps.size(), other.steps.size()); i++) {
      int order = steps.get(i).compareTo(other.steps.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(steps.size(), other.steps.size());
  }
}
