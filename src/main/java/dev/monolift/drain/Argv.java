package dev.monolift.drain;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Program and arguments of a container, with {@code $(NAME)} replaced as kubelet replaces it. */
final class Argv {
  /** {@code $$} is a dollar; {@code $(NAME)} a reference; every other dollar stays. */
  private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|\\(([^)]*)\\))");

  private Argv() {}

  /**
   * The values of some words.
   *
   * @param words command or args; null means none
   * @param container the container with its variables; one whose value is not in the template stays
   *     as it is written
   */
  static List<String> of(@Nullable List<String> words, Container container) {
    Map<String, String> values = new HashMap<>();
    List<EnvVar> env = container.getEnv() == null ? List.of() : container.getEnv();
    for (EnvVar variable : env) {
      if (variable.getValueFrom() == null) {
        String value = variable.getValue() == null ? "" : variable.getValue();
        values.put(variable.getName(), expanded(value, values));
      } else {
        values.remove(variable.getName());
      }
    }
    var expanded = new ArrayList<String>();
    if (words != null) {
      words.forEach(word -> expanded.add(expanded(word, values)));
    }
    return expanded;
  }

  private static String expanded(String text, Map<String, String> values) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            match -> {
              String name = match.group(1);
              String value = name == null ? "$" : values.getOrDefault(name, match.group());
              return Matcher.quoteReplacement(value);
            });
  }
}
