package dev.monolift.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks an object against the structural schema of its CustomResourceDefinition and sets the
 * schema's defaults, in the API server's order: fields that are null are dropped, then defaults are
 * set, then types are checked. CEL rules are not evaluated.
 */
final class SchemaCheck {
  /** Every object has them; a CRD's schema need not name them. */
  private static final Set<String> OBJECT = Set.of("apiVersion", "kind", "metadata");

  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";

  private final Document document;
  private final List<Problem> problems = new ArrayList<>();

  private SchemaCheck(Document document) {
    this.document = document;
  }

  /**
   * Checks a document; its content gets the defaults.
   *
   * @param document the document
   * @param schema the schema of the whole object
   * @return what is wrong, in the order of the fields
   */
  static List<Problem> check(Document document, JsonNode schema) {
    var check = new SchemaCheck(document);
    check.value(document.content(), schema, "");
    return List.copyOf(check.problems);
  }

  private void value(JsonNode value, JsonNode schema, String path) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      if (!value.isInt() && !value.isTextual()) {
        problem(path, ValueType.shown(value) + " is neither an integer nor a string");
      }
      return;
    }
    Optional<String> mismatch = ValueType.mismatch(value, schema.path("type").asText(""));
    if (mismatch.isPresent()) {
      problem(path, mismatch.get());
      return;
    }
    problems.addAll(Bounds.violated(document, path, value, schema));
    if (value instanceof ObjectNode object) {
      object(object, schema, path);
    } else if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        value(array.get(i), schema.path("items"), path + "[" + i + "]");
      }
    }
  }

  private void object(ObjectNode object, JsonNode schema, String path) {
    dropNulls(object, schema);
    JsonNode properties = schema.path("properties");
    setDefaults(object, properties);
    for (JsonNode name : schema.path("required")) {
      if (!object.has(name.asText())) {
        problem(child(path, name.asText()), "is missing; it must be set");
      }
    }
    JsonNode additional = schema.path("additionalProperties");
    boolean free = schema.path(PRESERVE).asBoolean() || additional.asBoolean();
    for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
      String name = field.getKey();
      if (path.isEmpty() && OBJECT.contains(name)) {
        continue;
      }
      if (properties.has(name)) {
        value(field.getValue(), properties.get(name), child(path, name));
      } else if (additional.isObject()) {
        value(field.getValue(), additional, child(path, name));
      } else if (!free) {
        unknown(child(path, name), name, properties);
      }
    }
  }

  private static void dropNulls(ObjectNode object, JsonNode schema) {
    Set<String> nulls = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      boolean nullable =
          schema.path("properties").path(field.getKey()).path("nullable").asBoolean();
      if (field.getValue().isNull() && !nullable) {
        nulls.add(field.getKey());
      }
    }
    object.remove(nulls);
  }

  private static void setDefaults(ObjectNode object, JsonNode properties) {
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      JsonNode standard = property.getValue().get("default");
      if (standard != null && !object.has(property.getKey())) {
        object.set(property.getKey(), standard.deepCopy());
      }
    }
  }

  private void unknown(String path, String name, JsonNode properties) {
    List<String> known = properties.propertyStream().map(Map.Entry::getKey).toList();
    problem(
        path,
        "there is no such field"
            + FieldNames.nearest(name, known)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse(""));
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void problem(String path, String message) {
    problems.add(document.problem(path, message));
  }
}
