package dev.monolift.fields;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.Map;

/** Objects of the Kubernetes model as JSON trees and back. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /**
   * An object as a tree of its own: changing the tree does not change the object.
   *
   * @param object an object of the Kubernetes model or a record of the API
   * @return its tree
   */
  public static JsonNode tree(Object object) {
    return MAPPER.valueToTree(object);
  }

  /**
   * An object read from a tree.
   *
   * @param tree the tree
   * @param type type of the object
   * @param <T> type of the object
   * @return a new object
   */
  public static <T> T object(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether two values are the same; 1 is the same number as an int, a long and 1.0.
   *
   * @param a a value
   * @param b a value
   * @return whether they are the same
   */
  public static boolean sameValue(JsonNode a, JsonNode b) {
    return (a.isNumber() && b.isNumber())
        ? a.decimalValue().compareTo(b.decimalValue()) == 0
        : a.equals(b);
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String compact(Map<String, ?> values) {
    return MAPPER.valueToTree(values).toString();
  }
}
