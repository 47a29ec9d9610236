package dev.monolift.monolithworker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.fields.Change;
import dev.monolift.fields.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applying would change on a Deployment.
 *
 * @param changes differences, in the order of the fields
 */
record DeploymentDiff(List<Change> changes) {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath TEMPLATE = FieldPath.of("spec", "template");
  private static final int LONGEST_VALUE = 80;

  /** Conditions may have 32768 characters; what this leaves is for the words around it. */
  private static final int LONGEST_TEXT = 28_000;

  /** Copies the list. */
  DeploymentDiff {
    changes = List.copyOf(changes);
  }

  /** Whether pods would be replaced. */
  boolean isRollout() {
    return changes.stream().anyMatch(change -> change.path().startsWith(TEMPLATE));
  }

  /** Whether the wanted pods differ from the live ones, in number or in kind. */
  boolean touchesSpec() {
    return changes.stream()
        .anyMatch(change -> change.isOfValue() && change.path().startsWith(SPEC));
  }

  /** One line per difference, such as {@code spec.replicas: 7 -> 1}; shortened where too long. */
  String text() {
    var text = new StringBuilder();
    for (int i = 0; i < changes.size(); i++) {
      String line = line(changes.get(i));
      if (text.length() + line.length() > LONGEST_TEXT) {
        return text.append("... and ").append(changes.size() - i).append(" more\n").toString();
      }
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private static String line(Change change) {
    return change.path()
        + ": "
        + value(change.before(), "(none)")
        + " -> "
        + value(change.after(), "(removed)");
  }

  private static String value(@Nullable JsonNode value, String nothing) {
    if (value == null) {
      return nothing;
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    if (text.isEmpty()) {
      return "\"\"";
    }
    return text.length() <= LONGEST_VALUE
        ? text
        : text.substring(0, LONGEST_VALUE) + "... (" + text.length() + " characters)";
  }
}
