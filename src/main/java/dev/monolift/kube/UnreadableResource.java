package dev.monolift.kube;

import com.fasterxml.jackson.databind.JsonMappingException;
import org.jspecify.annotations.Nullable;

/** A resource holds a value that its type cannot hold. */
@SuppressWarnings("serial")
final class UnreadableResource extends RuntimeException {

  private UnreadableResource(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Says where the value is.
   *
   * @param failure what the deserialisation threw
   */
  static UnreadableResource of(RuntimeException failure) {
    JsonMappingException mapping = mapping(failure);
    return mapping == null
        ? new UnreadableResource("The resource cannot be read: " + failure.getMessage(), failure)
        : new UnreadableResource(path(mapping) + ": " + mapping.getOriginalMessage(), failure);
  }

  private static @Nullable JsonMappingException mapping(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof JsonMappingException mapping) {
        return mapping;
      }
    }
    return null;
  }

  private static String path(JsonMappingException failure) {
    var path = new StringBuilder();
    for (var reference : failure.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.isEmpty() ? "the resource" : path.toString();
  }
}
