package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.api.v1alpha1.DnsEndpoint.DotPolicy;
import dev.monolift.dns.DnsResult.Severity;
import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds and judges all endpoints of a request. */
final class EndpointJudge {
  private final DnsRequest request;
  private final int ndots;
  private final EnvSettings env;
  private final FileSettings files;
  private final PhpIniSettings phpIni;

  /**
   * A judge for one request.
   *
   * @param request the request
   * @param container the program's container
   * @param ndots the ndots that the pods have
   */
  EndpointJudge(DnsRequest request, Container container, int ndots) {
    this.request = request;
    this.ndots = ndots;
    this.env = new EnvSettings(container, request.configMaps());
    this.files = new FileSettings(request.template(), request.configMaps());
    this.phpIni = new PhpIniSettings(container, request.configMaps(), endpoints());
  }

  /**
   * Judges every endpoint; a dot that one endpoint forbids is not written for another one of the
   * same host in the same setting.
   *
   * @return the endpoints in their order
   */
  List<JudgedEndpoint> judge() {
    List<DnsEndpoint> endpoints = endpoints();
    var alone = new ArrayList<JudgedEndpoint>();
    for (int i = 0; i < endpoints.size(); i++) {
      alone.add(judge(i, endpoints.get(i)));
    }
    return alone.stream()
        .map(
            one ->
                alone.stream().anyMatch(other -> other.forbids(one))
                    ? one.with(new DotVerdict(false, DotReason.OtherEndpoint, null))
                    : one)
        .toList();
  }

  private List<DnsEndpoint> endpoints() {
    return request.spec() == null || request.spec().endpoints() == null
        ? List.of()
        : request.spec().endpoints();
  }

  private JudgedEndpoint judge(int index, DnsEndpoint endpoint) {
    var host = HostName.of(endpoint.host(), request.template().getSpec(), request.namespace());
    var none = new DotVerdict(false, DotReason.NotHost, null);
    Setting setting = setting(endpoint, host);
    if (!(setting instanceof Setting.Found found)) {
      return new JudgedEndpoint(index, endpoint, host, setting, List.of(), none);
    }
    List<List<HostOccurrence>> places =
        found.values().stream()
            .map(
                value ->
                    HostOccurrence.in(
                        value.text(), host.text(), endpoint.port(), endpoint.client()))
            .toList();
    List<HostOccurrence> all = places.stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      return new JudgedEndpoint(index, endpoint, host, hostMissing(endpoint), List.of(), none);
    }
    var facts =
        new DotVerdict.Facts(
            endpoint,
            host,
            all,
            PgSslMode.of(endpoint.sslMode(), found.text(), env.pgSslMode()).orElse(null),
            found.readInUrl(),
            ndots);
    return new JudgedEndpoint(index, endpoint, host, setting, places, DotVerdict.of(facts));
  }

  private Setting setting(DnsEndpoint endpoint, HostName host) {
    String invalid = invalid(endpoint, host);
    if (invalid != null) {
      return new Setting.Problem(Severity.ERROR, "EndpointInvalid", invalid);
    }
    if (endpoint.env() != null) {
      return env.find(endpoint, endpoint.env());
    }
    return endpoint.file() != null ? files.find(endpoint, endpoint.file()) : phpIni.find(endpoint);
  }

  private static @Nullable String invalid(DnsEndpoint endpoint, HostName host) {
    long places =
        Stream.of(endpoint.env() != null, endpoint.phpIni() != null, endpoint.file() != null)
            .filter(set -> set)
            .count();
    if (places != 1) {
      return "exactly one of env, phpIni and file must be set.";
    }
    if ((endpoint.phpIni() != null) != (endpoint.value() != null)) {
      return "value is the whole value of the php.ini directive: set it with phpIni, and only there.";
    }
    return host.kind() == HostName.Kind.Invalid
        ? "host must be a host name alone, without protocol, port or path, but is \""
            + endpoint.host()
            + "\"."
        : null;
  }

  private static Setting hostMissing(DnsEndpoint endpoint) {
    return new Setting.Problem(
        Severity.ERROR,
        "HostNotInValue",
        "the value does not contain the host "
            + endpoint.host()
            + (endpoint.port() == null ? "" : " with port " + endpoint.port())
            + ". Correct host"
            + (endpoint.port() == null ? "" : " or port")
            + ", or the value.");
  }

  /**
   * Whether the user asks for a dot where there is no place for one.
   *
   * @param judged an endpoint
   * @return true for dot: Always on an address, a path, or a name that is nowhere a host
   */
  static boolean impossible(JudgedEndpoint judged) {
    return judged.setting() instanceof Setting.Found
        && judged.endpoint().dot() == DotPolicy.Always
        && switch (judged.verdict().reason()) {
          case IpAddress, SocketPath, NotHost -> true;
          default -> false;
        };
  }
}
