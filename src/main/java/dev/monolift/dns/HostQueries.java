package dev.monolift.dns;

import java.util.Locale;

/**
 * DNS queries that one lookup of a host costs, where it is known which of the tried names exists.
 *
 * @param namespace the pod's namespace
 * @param clusterDomain domain of the cluster
 */
record HostQueries(String namespace, String clusterDomain) {

  /**
   * Counts the queries of one lookup.
   *
   * @param host the host
   * @param withDot whether the program sees it with a trailing dot
   * @param search the pod's resolver
   * @return A and AAAA queries until it is found, or until everything has been tried
   */
  int count(HostName host, boolean withDot, ResolverSearch search) {
    boolean answeredByFile =
        host.kind() == HostName.Kind.Localhost || host.kind() == HostName.Kind.HostAlias;
    if (host.kind() == HostName.Kind.IpAddress
        || host.kind() == HostName.Kind.SocketPath
        || (answeredByFile && !withDot)) {
      return 0;
    }
    String name = host.written(withDot).toLowerCase(Locale.ROOT);
    String existing = existing(host);
    return search.lookup(name, existing::equalsIgnoreCase).queries();
  }

  /** The absolute name, without trailing dot, that the host stands for. */
  private String existing(HostName host) {
    String name = host.text();
    String cluster = ".svc." + clusterDomain;
    return switch (host.kind()) {
      case ShortName -> name + "." + namespace + cluster;
      case ServiceName ->
          name.toLowerCase(Locale.ROOT).endsWith(".svc")
              ? name + "." + clusterDomain
              : name + cluster;
      // with another last label than the own namespace: a domain, as far as anybody can tell
      case MaybeServiceName -> name.endsWith("." + namespace) ? name + cluster : name;
      default -> name;
    };
  }
}
