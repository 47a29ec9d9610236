package dev.monolift.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Types of values, by their names in a schema, and the sentence for a value of another type. */
public final class ValueType {
  private ValueType() {}

  /**
   * What is wrong with the type of a value.
   *
   * @param value the value
   * @param type type that it must have; any other word than a schema's allows everything
   * @return what is wrong; empty when it has the type
   */
  public static Optional<String> mismatch(JsonNode value, String type) {
    return isOfType(value, type)
        ? Optional.empty()
        : Optional.of("must be " + described(type) + ", not " + shown(value) + hint(value, type));
  }

  /**
   * A value in a message.
   *
   * @param value the value
   * @return a scalar itself, else only what it is
   */
  public static String shown(JsonNode value) {
    if (value.isObject()) {
      return "an object";
    }
    return value.isArray() ? "a list" : value.toString();
  }

  private static boolean isOfType(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" ->
          value.isIntegralNumber() || (value.isNumber() && value.asDouble() % 1 == 0.0);
      case "number" -> value.isNumber();
      default -> true;
    };
  }

  private static String described(String type) {
    return switch (type) {
      case "object" -> "an object with fields";
      case "array" -> "a list";
      case "integer" -> "an integer";
      default -> "a " + type;
    };
  }

  private static String hint(JsonNode value, String type) {
    return type.equals("string") && value.isValueNode() && !value.isNull()
        ? "; put it in quotes"
        : "";
  }
}
