package dev.monolift.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The types below a Deployment's template as the API server publishes them at {@code
 * /openapi/v3/apis/apps/v1}, cut down to what {@link CoreSchema} reads.
 */
final class PublishedCore {
  private static final Set<String> DROPPED =
      Set.of(
          "description",
          "x-kubernetes-group-version-kind",
          "x-kubernetes-patch-merge-key",
          "x-kubernetes-patch-strategy",
          "x-kubernetes-unions");

  /** Of Go; they are not defaults, though published as such. */
  private static final Set<String> ZERO_VALUES = Set.of("{}", "\"\"", "0");

  private final JsonNode published;
  private final Map<String, JsonNode> kept = new TreeMap<>();

  private PublishedCore(JsonNode published) {
    this.published = published;
  }

  /** The cut-down types, one per line, of an answer of the API server. */
  static String of(String openapi) {
    var core =
        new PublishedCore(
            Serialization.unmarshal(openapi, JsonNode.class).at("/components/schemas"));
    core.keep("io.k8s.api.core.v1.PodTemplateSpec");
    core.keep("io.k8s.api.apps.v1.DeploymentStrategy");
    return core.kept.entrySet().stream()
        .map(type -> "\"%s\": %s".formatted(type.getKey(), Serialization.asJson(type.getValue())))
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  private String keep(String fullName) {
    String name = fullName.substring(fullName.lastIndexOf('.') + 1);
    if (!kept.containsKey(name)) {
      ObjectNode type = published.required(fullName).deepCopy();
      kept.put(name, type);
      cut(type);
    }
    return name;
  }

  private void cut(ObjectNode schema) {
    schema.remove(DROPPED);
    // the zero values of Go, not defaults
    if (ZERO_VALUES.contains(schema.path("default").toString())) {
      schema.remove("default");
    }
    JsonNode allOf = schema.remove("allOf");
    if (allOf != null) {
      schema.setAll((ObjectNode) allOf.get(0));
    }
    if (schema.has("$ref")) {
      schema.put("$ref", keep(schema.get("$ref").asText().replaceFirst(".*/", "")));
    }
    schema.path("properties").forEach(property -> cut((ObjectNode) property));
    for (String nested : new String[] {"items", "additionalProperties"}) {
      if (schema.get(nested) instanceof ObjectNode child) {
        cut(child);
      }
    }
  }
}
