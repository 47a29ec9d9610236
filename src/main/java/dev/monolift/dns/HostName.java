package dev.monolift.dns;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A host as the user named it.
 *
 * @param text the host, without a trailing dot
 * @param dotted whether the user wrote a trailing dot
 * @param kind what it is
 */
record HostName(String text, boolean dotted, Kind kind) {

  /** What a host is to the resolver. */
  enum Kind {
    /** Not a host name at all. */
    Invalid,
    /** IPv4 or IPv6: never looked up. */
    IpAddress,
    /** Path of a Unix socket: never looked up. */
    SocketPath,
    /** Answered by every pod's /etc/hosts. */
    Localhost,
    /** Answered by the pod's hostAliases. */
    HostAlias,
    /** No dot. */
    ShortName,
    /** {@code service.namespace.svc}, or a longer name that ends in the own namespace. */
    ServiceName,
    /** One dot: {@code service.namespace}, or a domain. */
    MaybeServiceName,
    /** Two dots or more: complete. */
    FullName
  }

  /**
   * Classifies a host.
   *
   * @param host the host as the user wrote it
   * @param pod the pod, for its hostAliases
   * @param namespace the pod's namespace
   * @return the host
   */
  static HostName of(String host, PodSpec pod, String namespace) {
    boolean dotted = host.length() > 1 && host.endsWith(".");
    String text = dotted ? host.substring(0, host.length() - 1) : host;
    return new HostName(text, dotted, kind(text.toLowerCase(Locale.ROOT), aliases(pod), namespace));
  }

  /**
   * Names that the pod's hostAliases answer.
   *
   * @param pod the pod
   * @return the names in lower case, without trailing dots
   */
  static Set<String> aliases(PodSpec pod) {
    return pod.getHostAliases().stream()
        .flatMap(alias -> alias.getHostnames().stream())
        .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The host as the program sees it.
   *
   * @param withDot whether it has a trailing dot
   * @return the host
   */
  String written(boolean withDot) {
    return withDot ? text + "." : text;
  }

  /**
   * Number of dots, a trailing one not counted.
   *
   * @return the number
   */
  int dots() {
    return ResolverSearch.dots(text);
  }

  private static Kind kind(String text, Set<String> aliases, String namespace) {
    if (text.startsWith("/") || text.startsWith("unix:")) {
      return Kind.SocketPath;
    }
    if (text.matches("\\[?[0-9a-f:.]*:[0-9a-f:.]*(%\\w+)?]?")
        && text.indexOf(':') != text.lastIndexOf(':')) {
      return Kind.IpAddress;
    }
    if (!text.matches("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*")) {
      return Kind.Invalid;
    }
    // inet_aton reads numbers such as 127.1 and 0x7f.1, so a number at the end is never a domain
    if (text.matches("(.*\\.)?(\\d+|0x[0-9a-f]+)")) {
      return Kind.IpAddress;
    }
    if (text.equals("localhost") || text.endsWith(".localhost")) {
      return Kind.Localhost;
    }
    if (aliases.contains(text)) {
      return Kind.HostAlias;
    }
    return switch (ResolverSearch.dots(text)) {
      case 0 -> Kind.ShortName;
      case 1 -> Kind.MaybeServiceName;
      default ->
          text.endsWith(".svc") || text.endsWith("." + namespace)
              ? Kind.ServiceName
              : Kind.FullName;
    };
  }
}
