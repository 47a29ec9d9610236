package dev.monolift.fields;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that applying would change.
 *
 * @param path the field
 * @param before the live value; null means there is none
 * @param after the applied value; null means the field is no longer applied
 */
public record Change(FieldPath path, @Nullable JsonNode before, @Nullable JsonNode after) {

  /** A field that is applied again, although its value is not known to change. */
  static Change ofOwner(FieldPath path, JsonNode value) {
    return new Change(path, value, value);
  }

  /**
   * Whether the value changes, and not only, for example, who owns it.
   *
   * @return whether it does
   */
  public boolean isOfValue() {
    return !Objects.equals(before, after);
  }
}
