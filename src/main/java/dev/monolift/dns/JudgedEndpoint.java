package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.api.v1alpha1.DnsEndpoint.DotPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An endpoint and what is to be done with it.
 *
 * @param index its place in {@code spec.dns.endpoints}
 * @param endpoint the endpoint
 * @param host its host
 * @param setting where the host stands
 * @param occurrences the host's places in each value of the setting; empty without a setting
 * @param verdict the verdict; meaningless without a setting
 */
record JudgedEndpoint(
    int index,
    DnsEndpoint endpoint,
    HostName host,
    Setting setting,
    List<List<HostOccurrence>> occurrences,
    DotVerdict verdict) {

  /** Copies the list. */
  JudgedEndpoint {
    occurrences = List.copyOf(occurrences);
  }

  /**
   * Where the name stands, in a few words.
   *
   * @return for example {@code env DB_HOST}
   */
  String label() {
    if (endpoint.env() != null) {
      return "env " + endpoint.env();
    }
    var file = endpoint.file();
    return file == null
        ? "phpIni " + endpoint.phpIni()
        : "file " + file.configMap() + "/" + file.path() + " " + file.key();
  }

  /**
   * Everything of the endpoint that tells which dots are written into a file.
   *
   * @return one line
   */
  String edit() {
    var file = endpoint.file();
    return String.join(
        " ",
        label(),
        String.valueOf(file == null ? null : file.format()),
        host.text(),
        String.valueOf(endpoint.port()),
        endpoint.client().name());
  }

  /**
   * Whether the program sees the name with a dot at the end.
   *
   * @return true when it is written, or was there before
   */
  boolean dotted() {
    return verdict.dot() || verdict.reason() == DotReason.AlreadyAbsolute;
  }

  /**
   * Whether this endpoint's wish binds another one: the same host in the same setting.
   *
   * @param other another endpoint
   * @return whether the other must not get a dot because of this one
   */
  boolean forbids(JudgedEndpoint other) {
    boolean samePort =
        endpoint.port() == null
            || other.endpoint.port() == null
            || endpoint.port().equals(other.endpoint.port());
    return !verdict.dot()
        && verdict.reason().bindsOthers()
        && other.verdict.dot()
        && other.endpoint.dot() != DotPolicy.Always
        && samePort
        && label().equals(other.label())
        && lower(host.text()).equals(lower(other.host.text()))
        && Objects.equals(setting.getClass(), other.setting.getClass());
  }

  /**
   * The same endpoint with another verdict.
   *
   * @param changed the verdict
   * @return the endpoint
   */
  JudgedEndpoint with(DotVerdict changed) {
    return new JudgedEndpoint(index, endpoint, host, setting, occurrences, changed);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
