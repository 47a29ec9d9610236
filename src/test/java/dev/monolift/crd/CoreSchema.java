package dev.monolift.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What the API server itself publishes about core/v1 types and the model classes do not say: list
 * and map types, list keys, formats, enums, required fields. Without the list keys a server-side
 * apply of one environment variable would replace all of them.
 */
final class CoreSchema {
  /** Types by name; written by {@link CoreSchemaIT} from a real API server. */
  static final Path FILE = Path.of("src/test/resources/crds/core-v1.json");

  /** As in CustomResourceDefinitions of the Kubernetes project; a typo such as 128mb is refused. */
  private static final String QUANTITY =
      "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

  private final JsonNode types;

  private CoreSchema(JsonNode types) {
    this.types = types;
  }

  static CoreSchema load() {
    try {
      return new CoreSchema(Serialization.unmarshal(Files.readString(FILE), JsonNode.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Completes the generated schema of a core type, down to its leaves. */
  void complete(JSONSchemaProps schema, String type) {
    complete(schema, types.get(type), type);
  }

  private void complete(JSONSchemaProps schema, JsonNode core, String path) {
    JsonNode known = core.has("$ref") ? types.get(core.get("$ref").asText()) : core;
    if ("Quantity".equals(core.path("$ref").asText())) {
      schema.setPattern(QUANTITY);
      return;
    }
    markers(schema, core);
    markers(schema, known);
    if (schema.getItems() != null) {
      complete(schema.getItems().getSchema(), known.get("items"), path + "[]");
      requireKeys(schema, known.get("items"));
    }
    if (schema.getAdditionalProperties() != null) {
      complete(
          schema.getAdditionalProperties().getSchema(), known.get("additionalProperties"), path);
    }
    properties(schema, known, path);
  }

  private void properties(JSONSchemaProps schema, JsonNode known, String path) {
    Map<String, JSONSchemaProps> properties = schema.getProperties();
    if (properties == null) {
      return;
    }
    properties.forEach(
        (name, property) -> {
          JsonNode core = known.path("properties").get(name);
          if (core == null) {
            throw new IllegalStateException(
                "the model has the field " + path + "." + name + ", the API server has not");
          }
          complete(property, core, path + "." + name);
        });
    schema.setRequired(
        strings(known.path("required")).stream().filter(properties::containsKey).toList());
  }

  private static void markers(JSONSchemaProps schema, JsonNode core) {
    if (core.has("x-kubernetes-list-type")) {
      schema.setXKubernetesListType(core.get("x-kubernetes-list-type").asText());
      schema.setXKubernetesListMapKeys(strings(core.path("x-kubernetes-list-map-keys")));
    }
    if (core.has("x-kubernetes-map-type")) {
      schema.setXKubernetesMapType(core.get("x-kubernetes-map-type").asText());
    }
    if (core.has("enum")) {
      schema.setEnum(List.copyOf(core.get("enum").valueStream().toList()));
    }
    if (core.has("format") && schema.getType() != null) {
      schema.setFormat(core.get("format").asText());
    }
  }

  /** A list key must be there or have a default; core/v1 fills it in by code instead. */
  private void requireKeys(JSONSchemaProps list, JsonNode coreItems) {
    JSONSchemaProps items = list.getItems().getSchema();
    JsonNode known = types.path(coreItems.path("$ref").asText());
    var required = new ArrayList<>(items.getRequired() == null ? List.of() : items.getRequired());
    for (String key :
        list.getXKubernetesListMapKeys() == null
            ? List.<String>of()
            : list.getXKubernetesListMapKeys()) {
      JsonNode byDefault = known.path("properties").path(key).path("default");
      if (!byDefault.isMissingNode()) {
        SchemaPath.at(items, key).setDefault(byDefault);
      } else if (!required.contains(key)) {
        required.add(key);
      }
    }
    items.setRequired(List.copyOf(required));
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
