package dev.monolift.kube;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A resource holds a value that its type cannot hold; the message says where. */
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
    return new UnreadableResource(sentence(failure), failure);
  }

  private static String sentence(RuntimeException failure) {
    return switch (mapping(failure)) {
      case InvalidFormatException e ->
          path(e) + " is " + e.getValue() + ", which is not " + words(e.getTargetType()) + ".";
      case MismatchedInputException e -> path(e) + " is not " + words(e.getTargetType()) + ".";
      case JsonMappingException e -> path(e) + " cannot be read: " + e.getOriginalMessage() + ".";
      case null -> "the resource cannot be read: " + failure.getMessage() + ".";
    };
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

  private static String words(@Nullable Class<?> type) {
    if (type == null) {
      return "what it must be";
    }
    if (type == Integer.class || type == int.class) {
      return "an integer of 32 bits";
    }
    if (type == Long.class || type == long.class) {
      return "an integer of 64 bits";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return Map.class.isAssignableFrom(type) ? "a map" : "a " + type.getSimpleName();
  }
}
