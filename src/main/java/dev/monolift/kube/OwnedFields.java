package dev.monolift.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.monolift.plan.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node of {@code fieldsV1} in the operator's own entry of {@code metadata.managedFields}: which
 * fields it set by its last server-side apply and nobody took over since.
 *
 * @param node the node; an empty object is a leaf: a scalar, an empty value or an atomic field
 */
record OwnedFields(JsonNode node) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How the API server merges a list; it shows in the keys of the list's node. */
  enum ListKind {
    /** As a whole. */
    ATOMIC,
    /** Item by item, by the values of key fields. */
    MAP,
    /** As a set of scalars. */
    SET
  }

  /**
   * The operator's entry of an object.
   *
   * @param object the object as JSON
   * @return its fields; empty when the operator has not applied the object
   */
  static Optional<OwnedFields> of(JsonNode object) {
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (Labels.MONOLIFT.equals(entry.path("manager").asText())
          && "Apply".equals(entry.path("operation").asText())
          && entry.path("subresource").asText("").isEmpty()) {
        return Optional.of(new OwnedFields(entry.path("fieldsV1")));
      }
    }
    return Optional.empty();
  }

  @Nullable OwnedFields field(String name) {
    return at("f:" + name);
  }

  /** Names of the owned fields below this node. */
  List<String> fields() {
    var names = new ArrayList<String>();
    for (var child : node.properties()) {
      if (child.getKey().startsWith("f:")) {
        names.add(child.getKey().substring(2));
      }
    }
    return names;
  }

  boolean isLeaf() {
    return node.isEmpty();
  }

  ListKind listKind() {
    for (var child : node.properties()) {
      if (child.getKey().startsWith("k:")) {
        return ListKind.MAP;
      }
      if (child.getKey().startsWith("v:")) {
        return ListKind.SET;
      }
    }
    return ListKind.ATOMIC;
  }

  /** The owned items of a list that is merged item by item. */
  List<Item> items() {
    var items = new ArrayList<Item>();
    for (var child : node.properties()) {
      if (child.getKey().startsWith("k:")) {
        items.add(new Item(parse(child.getKey().substring(2)), new OwnedFields(child.getValue())));
      }
    }
    return items;
  }

  /** The owned values of a list that is a set. */
  List<JsonNode> values() {
    var values = new ArrayList<JsonNode>();
    for (var child : node.properties()) {
      if (child.getKey().startsWith("v:")) {
        values.add(parse(child.getKey().substring(2)));
      }
    }
    return values;
  }

  private @Nullable OwnedFields at(String key) {
    var child = node.get(key);
    return child == null ? null : new OwnedFields(child);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("managedFields has a key that is not JSON: " + json, e);
    }
  }

  /**
   * An owned item of a list.
   *
   * @param key its key fields with their values
   * @param fields what is owned of it
   */
  record Item(JsonNode key, OwnedFields fields) {

    /** Whether a list item has this key; a key field that is left out has its default. */
    boolean matches(JsonNode item) {
      for (var part : key.properties()) {
        var value = item.get(part.getKey());
        boolean same =
            value == null
                // the only defaulted list key of the API: a port's protocol
                ? "TCP".equals(part.getValue().asText())
                : ScalarValues.same(value, part.getValue(), false);
        if (!same) {
          return false;
        }
      }
      return true;
    }

    @Nullable JsonNode in(JsonNode list) {
      for (JsonNode item : list) {
        if (matches(item)) {
          return item;
        }
      }
      return null;
    }
  }
}
