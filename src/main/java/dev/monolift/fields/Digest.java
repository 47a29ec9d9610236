package dev.monolift.fields;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names for contents: the start of their SHA-256 in hexadecimal digits. */
public final class Digest {
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

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
      return of(SORTED.writeValueAsString(SORTED.treeToValue(tree, Object.class)), bytes);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
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
