package dev.monolift.dns;

/** Why a trailing dot is written or not: one per cell of the table in {@code docs/dns.md}. */
enum DotReason {
  /** Written. */
  SafeClient("this client connects to a name with a trailing dot as it does without"),
  /** Written against the table. */
  DotForced("dot: Always asks for it"),
  /** The user's wish. */
  DotNever("dot: Never asks for it"),
  /** Resolver makes no use of it. */
  EnoughDots("the name has enough dots for ndots and is tried as it is first: a dot gains nothing"),
  /** Nothing to write. */
  AlreadyAbsolute("the name has its trailing dot already"),
  /** No name. */
  IpAddress("an IP address is not looked up"),
  /** No name. */
  SocketPath("a socket path is not looked up"),
  /** In /etc/hosts. */
  Localhost("localhost stands in /etc/hosts, which a trailing dot bypasses: it would not resolve"),
  /** In /etc/hosts, by the template. */
  HostAlias("the template's hostAliases answer this name, and a trailing dot bypasses them"),
  /** Needs the search domains. */
  ShortName("a name without a dot needs the search domains, and a trailing dot turns them off"),
  /** Needs the search domains. */
  ServiceName("the name of a Service needs the search domains, and a trailing dot turns them off"),
  /** May need the search domains. */
  MaybeServiceName(
      "a name with one dot may be service.namespace, which needs the search domains, and a trailing"
          + " dot turns them off"),
  /** Host header. */
  HttpHost(
      "HTTP clients send the trailing dot in the Host header: gateways answer 404, request"
          + " signatures and trusted-host checks fail, cookies are dropped"),
  /** Host header, found by the value. */
  UrlValue(
      "the name is read as part of a URL of another kind, where the trailing dot may become part of"
          + " a Host header"),
  /** Name check. */
  VerifyFull("libpq with sslmode=verify-full checks the certificate against the dotted name"),
  /** Certificate check that nobody measured. */
  VerifyCa("libpq with sslmode=verify-ca was not measured with a trailing dot"),
  /** Could be verify-full. */
  SslModeUnknown("the sslmode cannot be read from here and may be verify-full; set sslMode"),
  /** Unknown effect. */
  NotMeasured("this client was not measured with a trailing dot"),
  /** Compared or sent, not connected to. */
  NotHost(
      "the name stands only where it is compared or sent: peer_name, or a URL's user, path or"
          + " query"),
  /** Two readers. */
  OtherEndpoint("another endpoint says no dot for the same host in the same setting");

  private final String sentence;

  DotReason(String sentence) {
    this.sentence = sentence;
  }

  /**
   * Why.
   *
   * @return part of a sentence
   */
  String sentence() {
    return sentence;
  }

  /**
   * Whether it is about who reads the setting, so that it holds for every endpoint that names it.
   *
   * @return true for reasons of the client or the user
   */
  boolean bindsOthers() {
    return switch (this) {
      case HttpHost, UrlValue, VerifyFull, VerifyCa, SslModeUnknown, NotMeasured, DotNever -> true;
      default -> false;
    };
  }
}
