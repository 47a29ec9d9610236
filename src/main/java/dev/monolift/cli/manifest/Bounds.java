package dev.monolift.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The limits that a schema sets to a single value: enum, range, length, pattern, size. */
final class Bounds {
  private Bounds() {}

  static List<Problem> violated(Document document, String path, JsonNode value, JsonNode schema) {
    var messages = new ArrayList<String>();
    JsonNode allowed = schema.path("enum");
    if (allowed.isArray()
        && StreamSupport.stream(allowed.spliterator(), false).noneMatch(value::equals)) {
      messages.add(value + " is not one of " + list(allowed, JsonNode::asText));
    }
    if (value.isNumber()) {
      number(value, schema, messages);
    } else if (value.isTextual()) {
      text(value.asText(), schema, messages);
    } else if (value.isContainerNode()) {
      String prefix = value.isArray() ? "Items" : "Properties";
      size(
          "entries",
          value.size(),
          schema.path("min" + prefix),
          schema.path("max" + prefix),
          messages);
    }
    return messages.stream().map(message -> document.problem(path, message)).toList();
  }

  private static void number(JsonNode value, JsonNode schema, List<String> messages) {
    if (schema.has("minimum") && value.asDouble() < schema.get("minimum").asDouble()) {
      messages.add("must be at least " + plain(schema.get("minimum")) + ", not " + value);
    }
    if (schema.has("maximum") && value.asDouble() > schema.get("maximum").asDouble()) {
      messages.add("must be at most " + plain(schema.get("maximum")) + ", not " + value);
    }
    if (schema.path("format").asText("").equals("int32") && !value.canConvertToInt()) {
      messages.add(value + " does not fit into 32 bits");
    }
  }

  /** The CRD has bounds as 0.0 where a person writes 0. */
  private static String plain(JsonNode number) {
    return number.decimalValue().stripTrailingZeros().toPlainString();
  }

  private static void text(String value, JsonNode schema, List<String> messages) {
    int length = value.codePointCount(0, value.length());
    size("characters", length, schema.path("minLength"), schema.path("maxLength"), messages);
    String pattern = schema.path("pattern").asText("");
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(value).find()) {
      messages.add("\"" + value + "\" does not match " + pattern);
    }
  }

  private static void size(
      String unit, int size, JsonNode least, JsonNode most, List<String> messages) {
    if (least.isNumber() && size < least.asInt()) {
      messages.add("must have at least " + least.asText() + " " + unit + ", not " + size);
    }
    if (most.isNumber() && size > most.asInt()) {
      messages.add("must have at most " + most.asText() + " " + unit + ", not " + size);
    }
  }

  private static String list(JsonNode array, Function<JsonNode, String> shown) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(shown)
        .collect(Collectors.joining(", "));
  }
}
