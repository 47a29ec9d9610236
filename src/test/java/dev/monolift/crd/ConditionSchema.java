package dev.monolift.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schema of metav1.Condition, with the limits that the Kubernetes project gives it. */
final class ConditionSchema {
  private static final String TYPE =
      "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";

  private ConditionSchema() {}

  /** Completes the generated schema of a list of conditions. */
  static void complete(JSONSchemaProps list) {
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of("type"));
    JSONSchemaProps condition = list.getItems().getSchema();
    condition.setRequired(List.of("type", "status", "lastTransitionTime", "reason", "message"));
    string(condition, "type", 0, 316, TYPE, "What the condition speaks of.");
    string(condition, "status", 0, 0, null, "True, False or Unknown.")
        .setEnum(Stream.of("True", "False", "Unknown").<JsonNode>map(TextNode::new).toList());
    string(
        condition,
        "reason",
        1,
        1024,
        "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
        "Why, in one word, for programs.");
    string(condition, "message", 0, 32768, null, "Why, and what to do, in a sentence.");
    string(condition, "lastTransitionTime", 0, 0, null, "When the status last changed.")
        .setFormat("date-time");
    JSONSchemaProps generation = SchemaPath.at(condition, "observedGeneration");
    generation.setFormat("int64");
    generation.setMinimum(0.0);
    generation.setDescription("Generation of the resource that was judged.");
  }

  private static JSONSchemaProps string(
      JSONSchemaProps condition,
      String name,
      long minLength,
      long maxLength,
      @Nullable String pattern,
      String description) {
    JSONSchemaProps property = SchemaPath.at(condition, name);
    property.setMinLength(minLength == 0 ? null : minLength);
    property.setMaxLength(maxLength == 0 ? null : maxLength);
    property.setPattern(pattern);
    property.setDescription(description);
    return property;
  }
}
