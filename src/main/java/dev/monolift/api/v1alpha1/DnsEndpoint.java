package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * One setting that holds the name of a remote host. Exactly one of {@code env}, {@code phpIni} and
 * {@code file} is set.
 *
 * @param env name of an environment variable of the program's container whose literal value
 *     contains the host
 * @param phpIni name of a php.ini directive; the operator writes it, from {@code value}
 * @param value value of the php.ini directive, containing the host; only with {@code phpIni}
 * @param file a key in a configuration file that is kept in a ConfigMap
 * @param host the remote host name as it stands in the setting
 * @param port the remote port, 1 to 65535; null means any; where given, only occurrences followed
 *     by this port are touched when the value holds ports
 * @param client the library that reads the setting; it decides whether a dot is safe
 * @param sslMode libpq's sslmode; null means: read it from the setting, else prefer
 * @param dot whether to write the dot; null means Auto
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "[has(self.env), has(self.phpIni), has(self.file)].filter(given, given).size() == 1",
    message = "set exactly one of env, phpIni and file: it says where the host name stands")
@ValidationRule(
    value = "has(self.phpIni) == has(self.value)",
    message = "value goes with phpIni: Monolift writes the directive with it; set both or neither")
@ValidationRule(
    value = "!has(self.value) || self.value.contains(self.host)",
    message = "value must contain the host as it is written in host")
@ValidationRule(
    value = "!has(self.sslMode) || self.client == 'pgsql'",
    message = "sslMode is libpq's setting: remove it or set client to pgsql")
public record DnsEndpoint(
    @JsonPropertyDescription(
            "Environment variable of the program's container whose value is the host name or contains it (a DSN).")
        @Size(min = 1, max = 253)
        @ValidationRule(
            value = "!self.contains('=')",
            message = "env must be the name of a variable, without '=' and value")
        @Nullable String env,
    @JsonPropertyDescription(
            "php.ini directive that holds the host name, for example session.save_path. Its whole value goes into `value`.")
        @Size(max = 128)
        @ValidationRule(
            value = "self.matches('^[A-Za-z_][A-Za-z0-9_.-]*$')",
            message = "phpIni must be the name of a directive such as session.save_path")
        @Nullable String phpIni,
    @JsonPropertyDescription(
            "Value of the php.ini directive, with the host name as it would be written by hand.")
        @Size(max = 1024)
        @ValidationRule(
            value = "!self.contains('\\n') && !self.contains('\\r')",
            message = "value must be one line")
        @Nullable String value,
    @JsonPropertyDescription("Key in a configuration file that a ConfigMap of yours holds.")
        @Nullable DnsFileKey file,
    @JsonPropertyDescription("The remote host name, as it stands in the setting.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches('" + HOST + "')",
            message =
                "host must be a DNS name such as db.corp.example, an IP address or the path of a socket, without scheme, user, port or path")
        String host,
    @JsonPropertyDescription(
            "The remote port; occurrences of the host with another port are left alone.")
        @Min(1)
        @Max(65535)
        @Nullable Integer port,
    @JsonPropertyDescription(
            "The client library that reads the setting: mysql, redis, memcached, tcp (fsockopen, stream_socket_client), pgsql, http (any URL, curl, SOAP, object stores), mongodb, amqp, grpc, ldap, smtp.")
        @Required
        DnsClient client,
    @JsonPropertyDescription(
            "libpq's sslmode, for client pgsql. Default: the one in the setting, else prefer.")
        @Nullable SslMode sslMode,
    @JsonPropertyDescription(
            "Auto (default): a trailing dot where it is known to be safe. Never: leave the name. Always: write the dot although it may break; a condition and an event say what.")
        @Nullable DotPolicy dot) {

  /** A path, an IPv6 address with or without brackets, or dotted labels (also an IPv4 address). */
  private static final String HOST =
      "^(/.+|[[]?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*[]]?|[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?([.][A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*[.]?)$";

  /** The client library that reads a setting. */
  public enum DnsClient {
    /** PDO mysql and mysqli. */
    mysql,
    /** phpredis and its session handler. */
    redis,
    /** The memcached extension and its session handler. */
    memcached,
    /** fsockopen and stream_socket_client. */
    tcp,
    /** libpq: PDO pgsql and pgsql. */
    pgsql,
    /** Any URL, curl, SOAP, object stores. */
    http,
    /** The mongodb extension. */
    mongodb,
    /** AMQP clients. */
    amqp,
    /** gRPC. */
    grpc,
    /** LDAP. */
    ldap,
    /** Mail. */
    smtp
  }

  /**
   * libpq's {@code sslmode}; the constants are spelled in the docs of the field as libpq spells
   * them.
   */
  public enum SslMode {
    /** No TLS. */
    disable,
    /** TLS where the server insists. */
    allow,
    /** TLS where the server has it. */
    prefer,
    /** TLS, whatever the certificate. */
    require,
    /** TLS with a certificate of a known authority. */
    @com.fasterxml.jackson.annotation.JsonProperty("verify-ca")
    verifyCa,
    /** TLS with a certificate of a known authority for this host name. */
    @com.fasterxml.jackson.annotation.JsonProperty("verify-full")
    verifyFull
  }

  /** Whether a trailing dot is written. */
  public enum DotPolicy {
    /** Where it is known to be safe. */
    Auto,
    /** Also where it may break something. */
    Always,
    /** Nowhere. */
    Never
  }
}
