package dev.monolift.fields;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/** Short names for contents: the start of their SHA-256 in hexadecimal digits. */
public final class Digest {
  private static final JsonMapper JSON = new JsonMapper();

  private Digest() {}

  /**
   * The digest of a tree; the order of the fields in an object does not matter.
   *
   * @param tree the tree
   * @param bytes length, 1 to 32; the digest has twice as many digits
   * @return the digest
   */
  public static String of(JsonNode tree, int bytes) {
    try {
      return of(JSON.writeValueAsString(sorted(tree)), bytes);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode sorted(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      var fields = new TreeMap<String, JsonNode>();
      object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      return new ObjectNode(JsonNodeFactory.instance, new LinkedHashMap<>(fields));
    }
    if (tree instanceof ArrayNode array) {
      var items = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(item -> items.add(sorted(item)));
      return items;
    }
    return tree;
  }

  /**
   * The digest of a text.
   *
   * @param text the text
   * @param bytes length, 1 to 32; the digest has twice as many digits
   * @return the digest
   */
  public static String of(String text, int bytes) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
