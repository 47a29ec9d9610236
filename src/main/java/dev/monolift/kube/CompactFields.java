package dev.monolift.kube;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.FieldsV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A {@code fieldsV1} as the bytes it came as. One entry of a Deployment is about 2 KiB as bytes and
 * 50 KiB as a tree of maps, which is most of what a cached Deployment would take; it is read once
 * per pass.
 */
@SuppressWarnings("serial")
final class CompactFields extends FieldsV1 {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final byte[] json;

  private CompactFields(byte[] json) {
    this.json = json;
  }

  /** The compact form of fields. */
  static FieldsV1 of(FieldsV1 fields) {
    try {
      return fields instanceof CompactFields
          ? fields
          : new CompactFields(JSON.writeValueAsBytes(fields.getAdditionalProperties()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  @JsonAnyGetter
  public Map<String, Object> getAdditionalProperties() {
    try {
      return JSON.readValue(json, TREE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return new String(json, java.nio.charset.StandardCharsets.UTF_8);
  }
}
