package dev.monolift.kube;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Long texts that many objects have in common are kept once: each worker has a ConfigMap of its own
 * with the same program in it. Only the texts used last are remembered.
 */
final class SharedTexts {
  private static final int MOST = 64;
  private static final int LONG = 512;

  private final Map<String, String> known =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  /**
   * The long values of a map, as equal ones that others have too.
   *
   * @param texts the map; null means an empty one
   * @return its entries with a long value
   */
  synchronized Map<String, String> share(@Nullable Map<String, String> texts) {
    if (texts == null) {
      return Map.of();
    }
    var shared = new HashMap<String, String>();
    texts.forEach(
        (key, text) -> {
          if (text != null && text.length() >= LONG) {
            shared.put(key, known.computeIfAbsent(text, same -> same));
          }
        });
    return Map.copyOf(shared);
  }
}
