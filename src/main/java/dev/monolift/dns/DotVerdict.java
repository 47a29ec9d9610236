package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.api.v1alpha1.DnsEndpoint.DotPolicy;
import dev.monolift.api.v1alpha1.DnsEndpoint.SslMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a setting gets its dot.
 *
 * @param dot whether it is written
 * @param reason why
 * @param risk what may break, when it is forced; null means nothing
 */
record DotVerdict(boolean dot, DotReason reason, @Nullable DotReason risk) {

  /**
   * What is known of an endpoint.
   *
   * @param endpoint the endpoint
   * @param host its host
   * @param occurrences where the value holds the host; not empty
   * @param sslMode libpq's sslmode as far as it can be read; null when it cannot
   * @param readInUrl whether another setting takes the host over into a URL of another kind
   * @param ndots the ndots of the pods
   */
  record Facts(
      DnsEndpoint endpoint,
      HostName host,
      List<HostOccurrence> occurrences,
      @Nullable SslMode sslMode,
      boolean readInUrl,
      int ndots) {

    /** Copies the list. */
    Facts {
      occurrences = List.copyOf(occurrences);
    }

    private boolean any(UrlSpot spot) {
      return occurrences.stream().anyMatch(found -> found.spot() == spot);
    }
  }

  /**
   * Judges by the table.
   *
   * @param facts what is known
   * @return the verdict
   */
  static DotVerdict of(Facts facts) {
    DotReason nothing = nothingToWrite(facts);
    if (nothing != null) {
      return new DotVerdict(false, nothing, null);
    }
    DotPolicy policy = facts.endpoint().dot();
    if (policy == DotPolicy.Never) {
      return new DotVerdict(false, DotReason.DotNever, null);
    }
    DotReason forbidden = forbidden(facts);
    if (policy == DotPolicy.Always) {
      return forbidden == null
          ? new DotVerdict(true, DotReason.SafeClient, null)
          : new DotVerdict(true, DotReason.DotForced, forbidden);
    }
    if (forbidden != null) {
      return new DotVerdict(false, forbidden, null);
    }
    return facts.host().dots() >= facts.ndots()
        ? new DotVerdict(false, DotReason.EnoughDots, null)
        : new DotVerdict(true, DotReason.SafeClient, null);
  }

  /** Where there is no place for a dot, not even a forced one. */
  private static @Nullable DotReason nothingToWrite(Facts facts) {
    HostName.Kind kind = facts.host().kind();
    if (kind == HostName.Kind.IpAddress) {
      return DotReason.IpAddress;
    }
    if (kind == HostName.Kind.SocketPath) {
      return DotReason.SocketPath;
    }
    if (facts.occurrences().stream().allMatch(HostOccurrence::dotted)) {
      return DotReason.AlreadyAbsolute;
    }
    boolean onlyElsewhere =
        facts.occurrences().stream().allMatch(found -> found.spot() == UrlSpot.NotHost);
    return onlyElsewhere ? DotReason.NotHost : null;
  }

  private static @Nullable DotReason forbidden(Facts facts) {
    DotReason byName =
        switch (facts.host().kind()) {
          case Localhost -> DotReason.Localhost;
          case HostAlias -> DotReason.HostAlias;
          case ShortName -> DotReason.ShortName;
          case ServiceName -> DotReason.ServiceName;
          case MaybeServiceName -> DotReason.MaybeServiceName;
          default -> null;
        };
    if (byName != null) {
      return byName;
    }
    DotReason byClient =
        switch (facts.endpoint().client()) {
          case mysql, redis, memcached, tcp -> null;
          case pgsql -> bySslMode(facts.sslMode());
          case http -> DotReason.HttpHost;
          case mongodb, amqp, grpc, ldap, smtp -> DotReason.NotMeasured;
        };
    if (byClient != null) {
      return byClient;
    }
    return facts.any(UrlSpot.ForeignUrl) || facts.readInUrl() ? DotReason.UrlValue : null;
  }

  private static @Nullable DotReason bySslMode(@Nullable SslMode mode) {
    if (mode == null) {
      return DotReason.SslModeUnknown;
    }
    return switch (mode) {
      case disable, allow, prefer, require -> null;
      case verifyCa -> DotReason.VerifyCa;
      case verifyFull -> DotReason.VerifyFull;
    };
  }
}
