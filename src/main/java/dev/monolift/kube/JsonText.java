package dev.monolift.kube;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as its text. Whatever is read often and looked into seldom is kept so: as a tree it
 * takes many times the memory, and reading it as a tree many times the work.
 */
@JsonDeserialize(using = JsonText.Reader.class)
@JsonSerialize(using = JsonText.Writer.class)
public final class JsonText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] json;

  private JsonText(byte[] json) {
    this.json = json;
  }

  /**
   * The text of a tree.
   *
   * @param tree the tree
   * @return its text
   */
  public static JsonText of(JsonNode tree) {
    try {
      return new JsonText(JSON.writeValueAsBytes(tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The text as a tree of one's own.
   *
   * @return the tree
   */
  public JsonNode tree() {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value as something else than a tree. */
  <T> T as(TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the value at which a parser stands. */
  static JsonText read(JsonParser parser) throws IOException {
    var text = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.getFactory().createGenerator(text)) {
      generator.copyCurrentStructure(parser);
    }
    return new JsonText(text.toByteArray());
  }

  /** Writes the value, also into what is no text. */
  void write(JsonGenerator generator) throws IOException {
    try (JsonParser parser = JSON.getFactory().createParser(json)) {
      parser.nextToken();
      generator.copyCurrentStructure(parser);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonText text && text.tree().equals(tree());
  }

  @Override
  public int hashCode() {
    return tree().hashCode();
  }

  @Override
  public String toString() {
    return new String(json, StandardCharsets.UTF_8);
  }

  /** Reads without making a tree. */
  static final class Reader extends JsonDeserializer<JsonText> {
    @Override
    public JsonText deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return read(parser);
    }
  }

  /** Writes without making a tree. */
  static final class Writer extends JsonSerializer<JsonText> {
    @Override
    public void serialize(JsonText text, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      text.write(generator);
    }
  }
}
