package dev.monolift.fields;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which lists of a workload are keyed, by the {@code x-kubernetes-list-map-keys} of the Kubernetes
 * API; all others are replaced as a whole, and so are the structures in {@link #ATOMIC}.
 */
final class ListKeys {
  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("containers", List.of("name")),
          Map.entry("initContainers", List.of("name")),
          Map.entry("ephemeralContainers", List.of("name")),
          Map.entry("volumes", List.of("name")),
          Map.entry("env", List.of("name")),
          Map.entry("ports", List.of("containerPort", "protocol")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("volumeDevices", List.of("devicePath")),
          Map.entry("imagePullSecrets", List.of("name")),
          Map.entry("hostAliases", List.of("ip")),
          Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
          Map.entry("schedulingGates", List.of("name")),
          Map.entry("resourceClaims", List.of("name")),
          Map.entry("claims", List.of("name")),
          Map.entry("ownerReferences", List.of("uid")));

  /** Values of keys that the API server fills in when they are missing. */
  private static final Map<String, String> KEY_DEFAULTS = Map.of("protocol", "TCP");

  /** Structures that have one owner as a whole. */
  static final Set<String> ATOMIC =
      Set.of(
          "selector",
          "labelSelector",
          "namespaceSelector",
          "nodeSelector",
          "fieldRef",
          "resourceFieldRef",
          "configMapKeyRef",
          "secretKeyRef");

  private ListKeys() {}

  static boolean keyed(String list) {
    return KEYS.containsKey(list);
  }

  /** The step to an item, as managedFields writes it: keys in alphabetical order. */
  static String step(String list, JsonNode item) {
    var key = new TreeMap<String, JsonNode>();
    for (String name : KEYS.getOrDefault(list, List.of())) {
      JsonNode value = valueOf(item, name);
      if (value != null) {
        key.put(name, value);
      }
    }
    return "k:" + Json.compact(new LinkedHashMap<>(key));
  }

  static boolean matches(JsonNode item, JsonNode key) {
    for (var part : key.properties()) {
      if (!part.getValue().equals(valueOf(item, part.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable JsonNode valueOf(JsonNode item, String name) {
    JsonNode value = item.get(name);
    String fallback = KEY_DEFAULTS.get(name);
    return value == null && fallback != null ? Json.parse('"' + fallback + '"') : value;
  }
}
