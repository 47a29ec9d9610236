package dev.monolift.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;

/**
 * A pod template in the form in which the API server stores it. The server drops zero values of
 * fields that are no pointers, although the sender owns them afterwards: such a value would differ
 * from what is stored for ever, so it must not be sent. Sending nothing means the same.
 */
public final class StoredForm {
  /** Booleans that the server drops when false. */
  private static final Set<String> FALSE_DROPPED =
      Set.of(
          "hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty", "readOnly", "paused");

  /** Numbers that the server drops, or replaces by a default, when zero. */
  private static final Set<String> ZERO_DROPPED =
      Set.of(
          "minReadySeconds",
          "hostPort",
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");

  /** Strings that the server keeps although they are empty. */
  private static final Set<String> EMPTY_KEPT =
      Set.of("storageClassName", "volumeAttributesClassName", "apiGroup", "service", "namespace");

  /** Maps from string to string, where an empty value is a value. */
  private static final Set<String> STRING_MAPS =
      Set.of(
          "labels",
          "annotations",
          "nodeSelector",
          "matchLabels",
          "volumeAttributes",
          "options",
          "data");

  private static final Set<String> QUANTITY_MAPS = Set.of("limits", "requests", "overhead");
  private static final Set<String> QUANTITIES = Set.of("sizeLimit", "divisor");

  /** {@code readOnly: false} is kept where it is a pointer. */
  private static final Set<String> POINTER_PARENTS = Set.of("csi");

  private StoredForm() {}

  /**
   * Brings a tree into that form.
   *
   * @param tree the tree; it is not changed
   * @return a new tree
   */
  public static JsonNode of(JsonNode tree) {
    JsonNode copy = tree.deepCopy();
    normalise(copy, "");
    return copy;
  }

  private static void normalise(JsonNode node, String parent) {
    if (node instanceof ObjectNode object) {
      var names = new ArrayList<String>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = object.get(name);
        if (dropped(parent, name, value)) {
          object.remove(name);
        } else if (QUANTITY_MAPS.contains(parent) || QUANTITIES.contains(name)) {
          object.put(name, CanonicalQuantity.of(value.asText()));
        } else {
          normalise(value, name);
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(item -> normalise(item, parent));
    }
  }

  private static boolean dropped(String parent, String name, JsonNode value) {
    if (STRING_MAPS.contains(parent) && value.isTextual()) {
      return false;
    }
    return switch (value.getNodeType()) {
      case NULL -> true;
      case STRING -> value.asText().isEmpty() && !EMPTY_KEPT.contains(name);
      case BOOLEAN ->
          !value.asBoolean() && FALSE_DROPPED.contains(name) && !POINTER_PARENTS.contains(parent);
      case NUMBER -> value.asLong() == 0 && ZERO_DROPPED.contains(name);
      case ARRAY -> value.isEmpty();
      case OBJECT -> value.isEmpty() && STRING_MAPS.contains(name);
      default -> false;
    };
  }

  /**
   * Whether a value is what the API server fills in when nothing is sent.
   *
   * @param name name of the field
   * @param value the stored value
   * @param parent the object that holds the field
   * @return whether leaving it out means the same
   */
  static boolean isDefault(String name, JsonNode value, JsonNode parent) {
    return switch (name) {
      case "imagePullPolicy" -> value.asText().equals(pullPolicy(parent.path("image").asText()));
      case "serviceAccount" -> value.equals(parent.get("serviceAccountName"));
      default ->
          value.isContainerNode() ? value.isEmpty() : value.asText().equals(DEFAULTS.get(name));
    };
  }

  private static String pullPolicy(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    boolean latest = last.endsWith(":latest") || last.indexOf(':') < 0;
    return latest && last.indexOf('@') < 0 ? "Always" : "IfNotPresent";
  }

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("restartPolicy", "Always"),
          Map.entry("dnsPolicy", "ClusterFirst"),
          Map.entry("schedulerName", "default-scheduler"),
          Map.entry("terminationGracePeriodSeconds", "30"),
          Map.entry("terminationMessagePath", "/dev/termination-log"),
          Map.entry("terminationMessagePolicy", "File"),
          Map.entry("protocol", "TCP"),
          Map.entry("timeoutSeconds", "1"),
          Map.entry("periodSeconds", "10"),
          Map.entry("successThreshold", "1"),
          Map.entry("failureThreshold", "3"),
          Map.entry("scheme", "HTTP"),
          Map.entry("path", "/"),
          Map.entry("defaultMode", "420"),
          Map.entry("type", ""),
          Map.entry("apiVersion", "v1"),
          Map.entry("expirationSeconds", "3600"),
          Map.entry("divisor", "0"),
          Map.entry("fsType", "ext4"));
}
