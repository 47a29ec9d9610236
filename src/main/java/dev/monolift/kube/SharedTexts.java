package dev.monolift.kube;

import java.util.LinkedHashMap;
import java.util.Map;

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
   * Replaces long values of a map by equal ones that others have too.
   *
   * @param texts the map; it is changed in place
   */
  synchronized void share(Map<String, String> texts) {
    texts.replaceAll(
        (key, text) ->
            text == null || text.length() < LONG
                ? text
                : known.computeIfAbsent(text, same -> same));
  }
}
