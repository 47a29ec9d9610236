package dev.monolift.kube;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.fabric8.kubernetes.api.model.FieldsV1;
import java.io.IOException;
import java.util.Map;

/**
 * A {@code fieldsV1} as JSON text. One entry of a Deployment is about 2 KiB as text and 50 KiB as a
 * tree of maps; many come with every object, and only our own are looked at, once per pass.
 */
@SuppressWarnings("serial")
final class CompactFields extends FieldsV1 {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final JsonText text;

  private CompactFields(JsonText text) {
    this.text = text;
  }

  @Override
  public Map<String, Object> getAdditionalProperties() {
    return text.as(TREE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldsV1 fields
        && fields.getAdditionalProperties().equals(getAdditionalProperties());
  }

  @Override
  public int hashCode() {
    return getAdditionalProperties().hashCode();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** Reads the text without making a tree of it. */
  static final class Reader extends JsonDeserializer<FieldsV1> {
    @Override
    public FieldsV1 deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return new CompactFields(JsonText.read(parser));
    }
  }

  /** Writes the text. */
  static final class Writer extends JsonSerializer<CompactFields> {
    @Override
    public void serialize(
        CompactFields fields, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      fields.text.write(generator);
    }
  }
}
