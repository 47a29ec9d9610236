package dev.monolift.fields;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Set;

/**
 * When two values mean the same to the API server, which stores its own normal form of what it was
 * sent.
 */
final class ScalarValues {
  /** Maps whose every value is a quantity. */
  private static final Set<String> QUANTITY_MAPS = Set.of("limits", "requests", "overhead");

  /**
   * Defaults that the API server fills in below atomic fields, where field ownership cannot show
   * who wrote them.
   */
  private static final Map<String, String> ATOMIC_DEFAULTS =
      Map.of("apiVersion", "v1", "expirationSeconds", "3600", "divisor", "0");

  private ScalarValues() {}

  /**
   * Whether a field's value, or the values below it, are quantities such as {@code 1000m}.
   *
   * @param parent name of the field's parent
   * @param field name of the field
   * @param value its value
   */
  static boolean holdsQuantities(String parent, String field, JsonNode value) {
    return (value.isObject() && QUANTITY_MAPS.contains(field))
        || (parent.equals("emptyDir") && field.equals("sizeLimit"));
  }

  /** Whether two scalars are the same value. */
  static boolean same(JsonNode a, JsonNode b, boolean quantity) {
    if (quantity && a.isValueNode() && b.isValueNode()) {
      return a.asText().equals(b.asText()) || sameQuantity(a.asText(), b.asText());
    }
    return Json.sameValue(a, b);
  }

  /**
   * Whether the value is one that the API server's types leave out when they are written: empty,
   * false or zero.
   */
  static boolean isLeftOut(JsonNode value) {
    return isEmpty(value) || (value.isNumber() && value.decimalValue().signum() == 0);
  }

  /**
   * Whether two values below an atomic field are the same. Nobody's ownership helps here, so only
   * known defaults and values that mean nothing may be missing on one side.
   */
  static boolean sameAtomic(JsonNode desired, JsonNode actual, boolean quantity) {
    if (desired.isObject() && actual.isObject()) {
      return sameAtomicObject(desired, actual, quantity);
    }
    if (desired.isArray() && actual.isArray()) {
      if (desired.size() != actual.size()) {
        return false;
      }
      for (int i = 0; i < desired.size(); i++) {
        if (!sameAtomic(desired.get(i), actual.get(i), quantity)) {
          return false;
        }
      }
      return true;
    }
    return same(desired, actual, quantity);
  }

  private static boolean sameAtomicObject(JsonNode desired, JsonNode actual, boolean quantity) {
    for (var field : desired.properties()) {
      var other = actual.get(field.getKey());
      boolean same =
          other == null
              ? isEmpty(field.getValue())
              : sameAtomic(field.getValue(), other, quantity || field.getKey().equals("divisor"));
      if (!same) {
        return false;
      }
    }
    for (var field : actual.properties()) {
      if (!desired.has(field.getKey())
          && !isEmpty(field.getValue())
          && !field.getValue().asText().equals(ATOMIC_DEFAULTS.get(field.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isBoolean() && !value.booleanValue());
  }

  private static boolean sameQuantity(String a, String b) {
    try {
      return Quantity.getAmountInBytes(Quantity.parse(a))
              .compareTo(Quantity.getAmountInBytes(Quantity.parse(b)))
          == 0;
    } catch (IllegalArgumentException notQuantities) {
      return false;
    }
  }
}
