package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import dev.monolift.api.v1alpha1.DnsEndpoint.DotPolicy;
import dev.monolift.dns.DnsResult.Severity;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environment variables at ndots 5: what is written, what is left, and why. */
class EndpointValuesTest {

  private static DnsResult plan(
      PodTemplateSpec template, String host, @Nullable Integer port, DnsClient client) {
    var endpoint = Requests.with(Requests.env("SETTING", host, client), port, null, null);
    return DnsEngine.plan(Requests.request(Requests.endpoints(endpoint), template));
  }

  private static DnsResult plan(
      String value, String host, @Nullable Integer port, DnsClient client) {
    return plan(
        Requests.template(Requests.UNKNOWN_IMAGE, Map.of("SETTING", value)), host, port, client);
  }

  private static String reason(DnsResult result) {
    return Objects.requireNonNull(result.status().endpoints()).getFirst().reason();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql     | db.corp.example | db.corp.example.",
        "mysql     | DB.Corp.Example:3306 | DB.Corp.Example.:3306",
        "mysql     | p:db.corp.example | p:db.corp.example.",
        "mysql     | mysql:host=db.corp.example;dbname=x | mysql:host=db.corp.example.;dbname=x",
        "mysql     | mysql://u:p@db.corp.example:3306/x | mysql://u:p@db.corp.example.:3306/x",
        "mysql     | mysql://db.corp.example/x?h=db.corp.example | mysql://db.corp.example./x?h=db.corp.example",
        "mysql     | mysql://db.corp.example:x@db.corp.example/ | mysql://db.corp.example:x@db.corp.example./",
        "mysql     | mysql:host=db.corp.example;dbname=$(NAME) | mysql:host=db.corp.example.;dbname=$(NAME)",
        "mysql     | a,db.corp.example,b | a,db.corp.example.,b",
        "redis     | tcp://db.corp.example:6379 | tcp://db.corp.example.:6379",
        "redis     | tls://db.corp.example:6379?auth=x | tls://db.corp.example.:6379?auth=x",
        "redis     | tls://db.corp.example:6380?stream[peer_name]=db.corp.example | tls://db.corp.example.:6380?stream[peer_name]=db.corp.example",
        "redis     | seed[]=db.corp.example:7000&seed[]=x:7001 | seed[]=db.corp.example.:7000&seed[]=x:7001",
        "memcached | db.corp.example:11211,db.corp.example:11212 | db.corp.example.:11211,db.corp.example.:11212",
        "memcached | db.corp.example.:11211,db.corp.example:11212 | db.corp.example.:11211,db.corp.example.:11212",
        "tcp       | xdb.corp.example db.corp.example | xdb.corp.example db.corp.example.",
        "tcp       | db.corp.example.org db.corp.example | db.corp.example.org db.corp.example.",
        "tcp       | a-db.corp.example a.db.corp.example db.corp.example-b db.corp.example | a-db.corp.example a.db.corp.example db.corp.example-b db.corp.example.",
        "tcp       | $(X)db.corp.example db.corp.example$(X) db.corp.example | $(X)db.corp.example db.corp.example$(X) db.corp.example.",
        "tcp       | tcp://app@db.corp.example:1 | tcp://app@db.corp.example.:1",
        "pgsql     | pgsql:host=db.corp.example;sslmode=require | pgsql:host=db.corp.example.;sslmode=require",
        "pgsql     | postgres://u@db.corp.example/x?sslmode=disable | postgres://u@db.corp.example./x?sslmode=disable",
        "pgsql     | host=db.corp.example port=5432 | host=db.corp.example. port=5432",
      })
  void isWritten(DnsClient client, String value, String expected) {
    var result = plan(value, "db.corp.example", null, client);

    assertThat(Requests.env(result, "SETTING")).isEqualTo(expected);
    assertThat(reason(result)).isEqualTo("SafeClient");
    assertThat(result.findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql | https://db.corp.example/ | UrlValue",
        "tcp   | http://db.corp.example:8080/health | UrlValue",
        "tcp   | db.corp.example,http://db.corp.example/ | UrlValue",
        "tcp   | $(SCHEME)://db.corp.example/ | UrlValue",
        "redis | https://proxy.example/?to=db.corp.example | UrlValue",
        "tcp   | {\"ssl\":{\"peer_name\":\"db.corp.example\"}} | NotHost",
        "redis | tcp://other.example:1?auth=db.corp.example | NotHost",
        "redis | tcp://db.corp.example:secret@other.example:1 | NotHost",
        "pgsql | pgsql:host=db.corp.example;sslmode=verify-full | VerifyFull",
        "pgsql | postgres://u@db.corp.example/x?sslmode=VERIFY-FULL | VerifyFull",
        "pgsql | host=db.corp.example sslrootcert=system | VerifyFull",
        "pgsql | pgsql:host=db.corp.example;sslmode=verify-ca | VerifyCa",
        "pgsql | pgsql:host=db.corp.example;sslmode=$(MODE) | SslModeUnknown",
        "tcp   | db.corp.example. | AlreadyAbsolute",
      })
  void isLeft(DnsClient client, String value, String reason) {
    var result = plan(value, "db.corp.example", null, client);

    assertThat(Requests.env(result, "SETTING")).isEqualTo(value);
    assertThat(reason(result)).isEqualTo(reason);
    assertThat(result.findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db.corp.example:3306,db.corp.example:3307 | db.corp.example.:3306,db.corp.example:3307",
        "db.corp.example | db.corp.example.",
        "mysql:host=db.corp.example;port=3306 | mysql:host=db.corp.example.;port=3306",
        "port=3306 host=db.corp.example | port=3306 host=db.corp.example.",
      })
  void onlyThePortThatIsMeant(String value, String expected) {
    assertThat(Requests.env(plan(value, "db.corp.example", 3306, DnsClient.mysql), "SETTING"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other.example | ''",
        "'' | ''",
        "xdb.corp.example | ''",
        "db.corp.example:3307 | 3306",
        "mysql:host=db.corp.example;port=3307 | 3306",
      })
  void aValueWithoutTheHostIsAnError(String value, String port) {
    var result =
        plan(
            value,
            "db.corp.example",
            port.isEmpty() ? null : Integer.valueOf(port),
            DnsClient.mysql);

    assertThat(Requests.env(result, "SETTING")).isEqualTo(value);
    assertThat(result.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.reason()).isEqualTo("HostNotInValue");
              assertThat(finding.message())
                  .startsWith("spec.dns.endpoints[0] (env SETTING): ")
                  .contains("db.corp.example");
            });
  }

  @Test
  void aMissingVariableIsAnErrorAndOneFromElsewhereIsLeftAlone() {
    var nothing = Requests.template(Requests.UNKNOWN_IMAGE, Map.of());
    assertThat(plan(nothing, "db.corp.example", null, DnsClient.mysql).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR))
        .satisfies(finding -> assertThat(finding.reason()).isEqualTo("EnvMissing"));

    var secret =
        new ContainerBuilder()
            .withName("app")
            .addNewEnv()
            .withName("SETTING")
            .withNewValueFrom()
            .withNewSecretKeyRef("host", "db", false)
            .endValueFrom()
            .endEnv()
            .build();
    var reference =
        new ContainerBuilder()
            .withName("app")
            .addToEnv(new EnvVar("SETTING", "$(OTHER):1", null))
            .build();
    var all =
        new ContainerBuilder()
            .withName("app")
            .addNewEnvFrom()
            .withNewSecretRef("db", false)
            .endEnvFrom()
            .build();
    for (var container : List.of(secret, reference, all)) {
      var result = plan(Requests.template(container), "db.corp.example", null, DnsClient.mysql);
      assertThat(result.template().getSpec().getContainers()).containsExactly(container);
      assertThat(reason(result)).isEqualTo("EnvNotLiteral");
      assertThat(result.findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    }
  }

  @Test
  void aVariableThatAnotherOneTakesIntoAUrlIsLeft() {
    var container =
        new ContainerBuilder()
            .withName("app")
            .addToEnv(new EnvVar("SETTING", "svc.corp.example", null))
            .addToEnv(new EnvVar("BASE", "$(SETTING):8443", null))
            .addToEnv(new EnvVar("API", "https://$(BASE)/v1", null))
            .build();
    var result = plan(Requests.template(container), "svc.corp.example", null, DnsClient.tcp);
    assertThat(reason(result)).isEqualTo("UrlValue");

    container.getEnv().getLast().setValue("tcp://$(BASE)");
    result = plan(Requests.template(container), "svc.corp.example", null, DnsClient.tcp);
    assertThat(reason(result)).isEqualTo("SafeClient");

    container.setArgs(List.of("--api=https://$(SETTING)/"));
    result = plan(Requests.template(container), "svc.corp.example", null, DnsClient.tcp);
    assertThat(reason(result)).isEqualTo("UrlValue");
  }

  @Test
  void libpqReadsPgsslmode() {
    var container =
        new ContainerBuilder()
            .withName("app")
            .addToEnv(new EnvVar("SETTING", "host=db.corp.example", null))
            .addToEnv(new EnvVar("PGSSLMODE", "verify-full", null))
            .build();
    assertThat(reason(plan(Requests.template(container), "db.corp.example", null, DnsClient.pgsql)))
        .isEqualTo("VerifyFull");
    container.getEnv().getLast().setValue("require");
    assertThat(reason(plan(Requests.template(container), "db.corp.example", null, DnsClient.pgsql)))
        .isEqualTo("SafeClient");
  }

  @Test
  void aDotThatOneReaderForbidsIsNotWrittenForAnotherOne() {
    var tcp = Requests.env("SETTING", "svc.corp.example", DnsClient.tcp);
    var http =
        Requests.with(Requests.env("SETTING", "svc.corp.example", DnsClient.http), 80, null, null);
    var template = Requests.template(Requests.UNKNOWN_IMAGE, Map.of("SETTING", "svc.corp.example"));

    var result = DnsEngine.plan(Requests.request(Requests.endpoints(tcp, http), template));
    assertThat(Requests.env(result, "SETTING")).isEqualTo("svc.corp.example");
    assertThat(reason(result)).isEqualTo("OtherEndpoint");

    var forced = Requests.with(tcp, null, null, DotPolicy.Always);
    result = DnsEngine.plan(Requests.request(Requests.endpoints(forced, http), template));
    assertThat(Requests.env(result, "SETTING")).isEqualTo("svc.corp.example.");
  }

  @Test
  void anInvalidEndpointIsAnErrorAndChangesNothing() {
    var url = Requests.env("SETTING", "http://svc.corp.example/", DnsClient.http);
    var template =
        Requests.template(Requests.UNKNOWN_IMAGE, Map.of("SETTING", "http://svc.corp.example/"));

    var result = DnsEngine.plan(Requests.request(Requests.endpoints(url), template));

    assertThat(result.template()).isEqualTo(template);
    assertThat(result.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR))
        .satisfies(finding -> assertThat(finding.reason()).isEqualTo("EndpointInvalid"));
  }
}
