package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import dev.monolift.api.v1alpha1.DnsEndpoint.DotPolicy;
import dev.monolift.api.v1alpha1.DnsEndpoint.SslMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dimensions of the DNS table, and what the table says: the test's own reading of the page. */
final class DotMatrix {
  private DotMatrix() {}

  /** How the host stands in its value; %s is the host. */
  enum Shape {
    ALONE("%s"),
    WITH_PORT("%s:3306"),
    DSN("mysql:host=%s;dbname=shop"),
    LIST("cache.other.example:11211,%s:11211"),
    OWN_URL("{scheme}://app:secret@%s:3306/shop"),
    HTTP_URL("https://%s/v1"),
    PEER_NAME("stream[peer_name]=%s");

    final String pattern;

    Shape(String pattern) {
      this.pattern = pattern;
    }

    String value(DnsClient client, String host) {
      return pattern.replace("{scheme}", scheme(client)).formatted(host);
    }

    private static String scheme(DnsClient client) {
      return switch (client) {
        case http -> "https";
        case grpc -> "dns";
        default -> client.name();
      };
    }
  }

  /** What the host is; queries at ndots 5 and 2, five search domains, glibc. */
  enum Host {
    COMPLETE("db.corp.example", 12, 2),
    COMPLETE_SERVICE("db.stock.svc.cluster.local", 12, 2),
    SHORT("db", 2, 2),
    ONE_DOT("db.stock", 12, 12),
    OWN_NAMESPACE("db.shop", 4, 4),
    SERVICE("db.stock.svc", 6, 8),
    STATEFUL("db-0.db.shop", 4, 6),
    LOCALHOST("localhost", 0, 0),
    ALIAS("Pinned.corp.example", 0, 0),
    IPV4("192.0.2.7", 0, 0),
    IPV6("[2001:db8::7]", 0, 0),
    SOCKET("/run/app.sock", 0, 0),
    DOTTED("db.corp.example.", 2, 2);

    final String text;
    final int at5;
    final int at2;

    Host(String text, int at5, int at2) {
      this.text = text;
      this.at5 = at5;
      this.at2 = at2;
    }
  }

  /** One cell. */
  record Cell(
      DnsClient client,
      @Nullable SslMode sslMode,
      Shape shape,
      Host host,
      @Nullable DotPolicy policy,
      int ndots) {

    String value() {
      return shape.value(client, host.text);
    }

    /** Whether the table allows a dot here, ndots aside. */
    private boolean allowed() {
      boolean name = host == Host.COMPLETE || host == Host.COMPLETE_SERVICE;
      boolean safeClient =
          switch (client) {
            case mysql, redis, memcached, tcp -> true;
            case pgsql -> sslMode != SslMode.verifyFull && sslMode != SslMode.verifyCa;
            default -> false;
          };
      return name && safeClient && shape != Shape.HTTP_URL;
    }

    private boolean hasPlaceForADot() {
      boolean name =
          switch (host) {
            case IPV4, IPV6, SOCKET, DOTTED -> false;
            default -> true;
          };
      return name && shape != Shape.PEER_NAME;
    }

    boolean dot() {
      if (!hasPlaceForADot() || policy == DotPolicy.Never) {
        return false;
      }
      return policy == DotPolicy.Always
          || (allowed() && ndots > host.text.chars().filter(c -> c == '.').count());
    }

    boolean forced() {
      return dot() && !allowed();
    }

    String expectedReason() {
      if (!hasPlaceForADot()) {
        return switch (host) {
          case IPV4, IPV6 -> "IpAddress";
          case SOCKET -> "SocketPath";
          case DOTTED -> "AlreadyAbsolute";
          default -> "NotHost";
        };
      }
      if (policy == DotPolicy.Never) {
        return "DotNever";
      }
      if (dot()) {
        return forced() ? "DotForced" : "SafeClient";
      }
      return byName() != null ? byName() : byClient();
    }

    private @Nullable String byName() {
      return switch (host) {
        case SHORT -> "ShortName";
        case ONE_DOT, OWN_NAMESPACE -> "MaybeServiceName";
        case SERVICE, STATEFUL -> "ServiceName";
        case LOCALHOST -> "Localhost";
        case ALIAS -> "HostAlias";
        default -> null;
      };
    }

    private String byClient() {
      String rule =
          switch (client) {
            case http -> "HttpHost";
            case mongodb, amqp, grpc, ldap, smtp -> "NotMeasured";
            case pgsql ->
                sslMode == SslMode.verifyFull
                    ? "VerifyFull"
                    : sslMode == SslMode.verifyCa ? "VerifyCa" : "";
            default -> "";
          };
      if (!rule.isEmpty()) {
        return rule;
      }
      return shape == Shape.HTTP_URL ? "UrlValue" : "EnoughDots";
    }

    int queriesBefore() {
      return host.at5;
    }

    int queriesAfter() {
      if (dot()) {
        return 2;
      }
      return ndots == 2 ? host.at2 : host.at5;
    }
  }

  /** Every cell. */
  static List<Cell> cells() {
    var cells = new ArrayList<Cell>();
    for (DnsClient client : DnsClient.values()) {
      for (SslMode mode : modes(client)) {
        for (Shape shape : Shape.values()) {
          for (Host host : Host.values()) {
            for (DotPolicy policy : DotPolicy.values()) {
              cells.add(new Cell(client, mode, shape, host, policy, 5));
              cells.add(new Cell(client, mode, shape, host, policy, 2));
            }
          }
        }
      }
    }
    return cells;
  }

  private static List<@Nullable SslMode> modes(DnsClient client) {
    var modes = new ArrayList<@Nullable SslMode>();
    modes.add(null);
    if (client == DnsClient.pgsql) {
      modes.addAll(List.of(SslMode.values()));
    }
    return modes;
  }
}
