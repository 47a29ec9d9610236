package dev.monolift.cli;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.monolift.cli.manifest.Document;
import dev.monolift.cli.manifest.Problem;
import dev.monolift.cli.manifest.ValueType;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a document that is no object of its kind, in words for its author. */
final class Unreadable {
  private Unreadable() {}

  /**
   * Makes the problem.
   *
   * @param document the document
   * @param failure what the conversion into a typed object failed with
   * @return a sentence at the field
   */
  static Problem problem(Document document, IllegalArgumentException failure) {
    if (!(failure.getCause() instanceof JsonMappingException mapping)) {
      return document.problem("", "this is no " + document.kind() + "; compare it with another");
    }
    var path = new StringBuilder();
    JsonNode value = document.content();
    for (JsonMappingException.Reference step : mapping.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
        value = value.path(step.getIndex());
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
        value = value.path(step.getFieldName());
      }
    }
    return document.problem(path.toString(), sentence(mapping, value));
  }

  private static String sentence(JsonMappingException mapping, JsonNode value) {
    Class<?> wanted =
        mapping instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    return ValueType.mismatch(value, type(wanted))
        .orElseGet(() -> ValueType.shown(value) + " cannot be the value of this field");
  }

  /** Name of a type in a schema; empty when it is one that is written in several ways. */
  private static String type(@Nullable Class<?> wanted) {
    if (wanted == null) {
      return "";
    }
    if (Collection.class.isAssignableFrom(wanted) || wanted.isArray()) {
      return "array";
    }
    if (wanted == String.class) {
      return "string";
    }
    if (wanted == Boolean.class || wanted == boolean.class) {
      return "boolean";
    }
    if (wanted == Integer.class || wanted == Long.class || wanted == int.class) {
      return "integer";
    }
    boolean object =
        Map.class.isAssignableFrom(wanted) || KubernetesResource.class.isAssignableFrom(wanted);
    return object ? "object" : "";
  }
}
