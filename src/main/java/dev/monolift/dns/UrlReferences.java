package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings that take over the value of another one: {@code API=https://$(DB_HOST)/} would carry the
 * dot of DB_HOST into a Host header.
 */
final class UrlReferences {
  /** Stands for the value in question; a private-use character that no setting holds. */
  private static final String MARK = "\uE000";

  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^()\\s]+)\\)");

  private UrlReferences() {}

  /**
   * Whether another variable, the command or an argument of a container builds a URL of another
   * kind with a variable, directly or by further variables.
   *
   * @param container the container
   * @param variable name of the variable
   * @param client the client that reads the variable
   * @return whether one does
   */
  static boolean inContainer(Container container, String variable, DnsClient client) {
    var values = new HashMap<String, String>();
    for (EnvVar env : container.getEnv()) {
      if (env.getName().equals(variable)) {
        values.put(variable, MARK);
      } else if (env.getValue() != null) {
        String value = expand(env.getValue(), values);
        values.put(env.getName(), value);
        if (foreign(value, MARK, client)) {
          return true;
        }
      }
    }
    return container.getCommand().stream()
            .anyMatch(word -> foreign(expand(word, values), MARK, client))
        || container.getArgs().stream()
            .anyMatch(word -> foreign(expand(word, values), MARK, client));
  }

  /**
   * Whether a file builds a URL of another kind with {@code ${key}} or {@code $key}.
   *
   * @param text the file
   * @param key the key inside it
   * @param client the client that reads the key
   * @return whether it does
   */
  static boolean inFile(String text, String key, DnsClient client) {
    String reference = "\\$(\\{\\Q" + key + "\\E[}:]|\\Q" + key + "\\E(?![A-Za-z0-9_]))";
    return foreign(Pattern.compile(reference).matcher(text).replaceAll(MARK), MARK, client);
  }

  private static boolean foreign(String text, String mark, DnsClient client) {
    for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      if (UrlSpot.of(text, at, at + mark.length(), client) == UrlSpot.ForeignUrl) {
        return true;
      }
    }
    return false;
  }

  /** As kubelet does: unknown names stay, {@code $$} is a dollar sign. */
  private static String expand(String value, Map<String, String> values) {
    return REFERENCE
        .matcher(value)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1) == null
                        ? "$"
                        : values.getOrDefault(match.group(1), match.group())));
  }
}
