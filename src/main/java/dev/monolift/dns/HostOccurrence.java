package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One place in a value where a host's name stands as a whole name.
 *
 * @param end index after the name
 * @param dotted whether a trailing dot follows already
 * @param spot what the name is there
 */
record HostOccurrence(int end, boolean dotted, UrlSpot spot) {
  private static final Pattern PORT = Pattern.compile("(?i)(?<![\\p{L}\\p{N}_])port=(\\d{1,5})");
  private static final Pattern COLON_PORT = Pattern.compile(":(\\d{1,5})(?!\\d)");

  /**
   * Finds a host in a value, whatever its case. A longer name that holds the host is not one.
   *
   * @param text the value
   * @param host the host, without trailing dot
   * @param port only occurrences with this port or without any; null means all
   * @param client the client that reads the value
   * @return the occurrences in order
   */
  static List<HostOccurrence> in(
      String text, String host, @Nullable Integer port, DnsClient client) {
    var found = new ArrayList<HostOccurrence>();
    for (int at = 0; at + host.length() <= text.length(); at++) {
      int end = at + host.length();
      if (!text.regionMatches(true, at, host, 0, host.length())
          || !startsName(text, at)
          || !endsName(text, end)) {
        continue;
      }
      boolean dotted = end < text.length() && text.charAt(end) == '.';
      if (samePort(text, dotted ? end + 1 : end, port)) {
        found.add(new HostOccurrence(end, dotted, UrlSpot.of(text, at, end, client)));
      }
    }
    return found;
  }

  private static boolean startsName(String text, int start) {
    if (start == 0) {
      return true;
    }
    char before = text.charAt(start - 1);
    // $(X) and ${X} in front of it may be the first part of the name
    return !nameChar(before) && before != '.' && before != '}' && before != ')' && before != '%';
  }

  private static boolean endsName(String text, int end) {
    if (end < text.length() && text.charAt(end) == '.') {
      end++;
      if (end < text.length() && text.charAt(end) == '.') {
        return false;
      }
    }
    return end >= text.length() || (!nameChar(text.charAt(end)) && text.charAt(end) != '$');
  }

  private static boolean nameChar(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  /** A port stands behind the name, or in a DSN or query as {@code port=}. */
  private static boolean samePort(String text, int end, @Nullable Integer port) {
    if (port == null) {
      return true;
    }
    Matcher colon = COLON_PORT.matcher(text).region(end, text.length());
    if (colon.lookingAt()) {
      return Integer.parseInt(colon.group(1)) == port;
    }
    Matcher parameter = PORT.matcher(text);
    if (parameter.find(end) || parameter.find(0)) {
      return Integer.parseInt(parameter.group(1)) == port;
    }
    return true;
  }
}
