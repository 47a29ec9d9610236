package dev.monolift.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.monolift.plan.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node of {@code fieldsV1} in the operator's own entry of {@code metadata.managedFields}: which
 * fields it set by its last server-side apply and nobody took over since.
 *
 * @param node the node; an empty object is a leaf: a scalar, an empty value or an atomic field
 */
record OwnedFields(JsonNode node) {
  private static final OwnedFields NONE = new OwnedFields(JsonNodeFactory.instance.objectNode());

  /** The only defaulted list key of the API: a port's protocol. */
  private static final String DEFAULT_KEY = "\"TCP\"";

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
   * What is owned of an object, apart from the mark of {@link LastApply}.
   *
   * @param object the object as JSON
   * @return its fields; none when the operator has not applied the object
   */
  static OwnedFields of(JsonNode object) {
    var owned = entry(object);
    if (owned.annotations().field(Labels.APPLIED) == null) {
      return owned;
    }
    var copy = owned.node.<ObjectNode>deepCopy();
    var metadata = copy.withObject("/f:metadata");
    var annotations = metadata.withObject("/f:annotations");
    annotations.remove("f:" + Labels.APPLIED);
    if (annotations.properties().stream().noneMatch(field -> field.getKey().startsWith("f:"))) {
      metadata.remove("f:annotations");
    }
    return new OwnedFields(copy);
  }

  /** Whether the mark of {@link LastApply} is ours. */
  static boolean ownsMark(JsonNode object) {
    return entry(object).annotations().field(Labels.APPLIED) != null;
  }

  private static OwnedFields entry(JsonNode object) {
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (Labels.MONOLIFT.equals(entry.path("manager").asText())
          && "Apply".equals(entry.path("operation").asText())
          && entry.path("subresource").asText("").isEmpty()) {
        return new OwnedFields(entry.path("fieldsV1"));
      }
    }
    return NONE;
  }

  private OwnedFields annotations() {
    return child("metadata").child("annotations");
  }

  /** What is owned below a field. */
  OwnedFields child(String name) {
    var child = field(name);
    return child == null ? NONE : child;
  }

  @Nullable OwnedFields field(String name) {
    var child = node.get("f:" + name);
    return child == null ? null : new OwnedFields(child);
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
        items.add(
            new Item(Json.parse(child.getKey().substring(2)), new OwnedFields(child.getValue())));
      }
    }
    return items;
  }

  /** The owned values of a list that is a set. */
  List<JsonNode> values() {
    var values = new ArrayList<JsonNode>();
    for (var child : node.properties()) {
      if (child.getKey().startsWith("v:")) {
        values.add(Json.parse(child.getKey().substring(2)));
      }
    }
    return values;
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
                ? part.getValue().equals(Json.parse(DEFAULT_KEY))
                : ScalarValues.same(value, part.getValue(), false);
        if (!same) {
          return false;
        }
      }
      return true;
    }

    /** The step to this item. */
    String step() {
      return "k:" + key;
    }

    /** The step to another item of the same list. */
    String stepOf(JsonNode item) {
      var values = new TreeMap<String, JsonNode>();
      for (var part : key.properties()) {
        JsonNode value = item.get(part.getKey());
        values.put(part.getKey(), value == null ? Json.parse(DEFAULT_KEY) : value);
      }
      return "k:" + Json.compact(values);
    }
  }
}
