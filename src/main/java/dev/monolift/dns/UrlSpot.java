package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a host's name is at one place of a value. */
enum UrlSpot {
  /** The host to connect to: alone, in a list, in a DSN, or in a URL of the client's own kind. */
  Host,
  /** Part of a URL of another kind, such as {@code https://}: it may become a Host header. */
  ForeignUrl,
  /** Something else that is compared or sent: {@code peer_name}, a URL's user, path or query. */
  NotHost;

  private static final Pattern ENDS_URL = Pattern.compile("[\\s;\"'|<>]");
  private static final Pattern PEER_NAME =
      Pattern.compile(
          "(?is).*(peer_name|sni_server_name)['\"]?(]|%5D)?['\"]?\\s*(=>|=|:)\\s*['\"]?");

  /**
   * What a name is.
   *
   * @param text the value
   * @param start where the name starts
   * @param end where it ends
   * @param client the client that reads the value
   * @return what it is
   */
  static UrlSpot of(String text, int start, int end, DnsClient client) {
    int authority = text.lastIndexOf("://", start - 1) + 3;
    boolean inUrl =
        authority > 2
            && authority <= start
            && !ENDS_URL.matcher(text.substring(authority, start)).find();
    if (!inUrl) {
      String before = text.substring(Math.max(0, start - 40), start);
      return PEER_NAME.matcher(before).matches() ? NotHost : Host;
    }
    if (!schemes(client).contains(scheme(text, authority - 3))) {
      return ForeignUrl;
    }
    String before = text.substring(authority, start);
    boolean first = before.isEmpty() || before.endsWith("@") || before.endsWith(",");
    boolean behindAuthority = before.matches("(?s).*[/?#].*");
    return first && !behindAuthority && !userFollows(text, end) ? Host : NotHost;
  }

  private static boolean userFollows(String text, int end) {
    for (int i = end; i < text.length() && "/?#, ".indexOf(text.charAt(i)) < 0; i++) {
      if (text.charAt(i) == '@') {
        return true;
      }
    }
    return false;
  }

  private static String scheme(String text, int end) {
    int start = end;
    while (start > 0
        && (Character.isLetterOrDigit(text.charAt(start - 1))
            || "+-._".indexOf(text.charAt(start - 1)) >= 0)) {
      start--;
    }
    boolean placeholder =
        start > 0 && (text.charAt(start - 1) == ')' || text.charAt(start - 1) == '}');
    return placeholder ? "" : text.substring(start, end).toLowerCase(Locale.ROOT);
  }

  /** URLs that a framework takes apart and whose host it hands to this client. */
  private static Set<String> schemes(DnsClient client) {
    return switch (client) {
      case mysql -> Set.of("mysql", "mysql2", "mysqli", "mariadb", "pdo-mysql", "pdo_mysql");
      case pgsql -> Set.of("pgsql", "postgres", "postgresql", "pdo-pgsql", "pdo_pgsql");
      case redis -> Set.of("redis", "rediss", "tcp", "tls", "ssl");
      case memcached -> Set.of("memcached", "tcp");
      case tcp -> Set.of("tcp", "tls", "ssl", "udp");
      default -> Set.of();
    };
  }
}
