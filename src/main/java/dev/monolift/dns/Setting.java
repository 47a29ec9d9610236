package dev.monolift.dns;

import dev.monolift.dns.DnsResult.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** The setting that an endpoint names: found, or why not. */
sealed interface Setting {

  /**
   * It is there and may be rewritten.
   *
   * @param place the document that holds it
   * @param values its values in that document; more than one where a key is repeated
   * @param readInUrl whether another setting takes it over into a URL of another kind
   */
  record Found(Place place, List<SettingValue> values, boolean readInUrl) implements Setting {
    /** Copies the list. */
    public Found {
      values = List.copyOf(values);
    }

    /**
     * Everything that a client reads there.
     *
     * @return the values, one per line
     */
    String text() {
      return values.stream().map(SettingValue::text).collect(Collectors.joining("\n"));
    }
  }

  /**
   * It cannot be rewritten.
   *
   * @param severity how bad that is
   * @param reason one CamelCase word
   * @param message a sentence: what, where, what to do
   */
  record Problem(Severity severity, String reason, String message) implements Setting {}

  /**
   * A document that dots are inserted into.
   *
   * @param kind what it is
   * @param name name of the variable, the directive or the ConfigMap
   * @param path key of the ConfigMap; empty for the other kinds
   */
  record Place(Kind kind, String name, String path) {

    /** Kinds of documents. */
    enum Kind {
      /** The literal value of an environment variable. */
      Env,
      /** The value of a php.ini directive. */
      PhpIni,
      /** A file in a ConfigMap. */
      File
    }
  }
}
