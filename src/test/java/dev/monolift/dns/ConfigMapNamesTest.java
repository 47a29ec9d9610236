package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import dev.monolift.api.v1alpha1.DnsEndpoint.DotPolicy;
import dev.monolift.api.v1alpha1.DnsSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Monolift writes has a name of its own, so that only pods of the new template see it. */
class ConfigMapNamesTest {
  private static final String FILE =
      """
      DB_HOST=db.corp.example
      SERVERS=db.corp.example:1,db.corp.example:2
      RO_HOST=ro.corp.example
      """;
  private static final DnsEndpoint DB = file("DB_HOST", "db.corp.example");

  private static DnsEndpoint file(String key, String host) {
    return Requests.file("config", ".env", key, host, DnsClient.mysql);
  }

  private static DnsResult copied(String text, DnsEndpoint... endpoints) {
    return DnsEngine.plan(
        Requests.request(
            Requests.endpoints(endpoints),
            Requests.using(Requests.UNKNOWN_IMAGE, "config"),
            Requests.configMap("config", Map.of(".env", text))));
  }

  private static DnsResult phpIni(String owner, String value, String host) {
    var spec =
        Requests.endpoints(Requests.phpIni("session.save_path", value, host, DnsClient.redis));
    var template = Requests.template(Requests.UNKNOWN_IMAGE, Map.of());
    return DnsEngine.plan(request(owner, spec, template));
  }

  private static DnsRequest request(String owner, DnsSpec spec, PodTemplateSpec template) {
    return new DnsRequest(
        owner, Requests.NAMESPACE, spec, template, "app", Requests.FIVE_DOMAINS, List.of());
  }

  private static String name(DnsResult result) {
    assertThat(result.configMaps()).hasSize(1);
    String name = result.configMaps().getFirst().getMetadata().getName();
    assertThat(ConfigMapReferences.uses(result.template(), name)).isTrue();
    return name;
  }

  @Test
  void anotherPhpIniIsAnotherConfigMap() {
    String name = name(phpIni("mailer", "tcp://db.corp.example:1", "db.corp.example"));

    assertThat(name).matches("mailer-php-ini-[0-9a-f]{8}");
    assertThat(name(phpIni("mailer", "tcp://db.corp.example:1", "db.corp.example")))
        .isEqualTo(name);
    assertThat(name(phpIni("mailer", "tcp://db.corp.example:2", "db.corp.example")))
        .isNotEqualTo(name);
    assertThat(name(phpIni("mailer", "tcp://ro.corp.example:1", "ro.corp.example")))
        .isNotEqualTo(name);
  }

  @Test
  void anEditOfTheUsersFileKeepsTheNameOfTheCopy() {
    var before = copied(FILE, DB);
    var after = copied("# moved\nDEBUG=1\n" + FILE.replace("RO_HOST", "OLD_HOST"), DB);

    assertThat(name(after)).isEqualTo(name(before));
    assertThat(after.template()).isEqualTo(before.template());
    assertThat(Requests.data(after, ".env"))
        .startsWith("# moved\n")
        .contains("DB_HOST=db.corp.example.\n");
  }

  static Stream<List<DnsEndpoint>> edits() {
    var servers = file("SERVERS", "db.corp.example");
    return Stream.of(
        List.of(DB),
        List.of(DB, file("RO_HOST", "ro.corp.example")),
        List.of(file("RO_HOST", "ro.corp.example")),
        List.of(servers),
        List.of(Requests.with(servers, 1, null, null)),
        List.of(Requests.with(servers, 2, null, null)));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void otherDotsAreAnotherCopy(List<DnsEndpoint> endpoints) {
    var result = copied(FILE, endpoints.toArray(DnsEndpoint[]::new));

    edits()
        .filter(other -> !other.equals(endpoints))
        .forEach(
            other ->
                assertThat(name(copied(FILE, other.toArray(DnsEndpoint[]::new))))
                    .isNotEqualTo(name(result)));
  }

  @Test
  void endpointsThatWriteNothingAndTheirOrderKeepTheName() {
    var ro = file("RO_HOST", "ro.corp.example");
    var never = Requests.with(ro, null, null, DotPolicy.Never);

    assertThat(name(copied(FILE, ro, DB))).isEqualTo(name(copied(FILE, DB, ro)));
    assertThat(name(copied(FILE, DB, never))).isEqualTo(name(copied(FILE, DB)));
  }

  @Test
  void aPhpIniPartDoesNotRenameTheCopy() {
    var both =
        DnsEngine.plan(
            Requests.request(
                Requests.endpoints(
                    DB,
                    Requests.phpIni("a.b", "ro.corp.example", "ro.corp.example", DnsClient.tcp)),
                Requests.using(Requests.UNKNOWN_IMAGE, "config"),
                Requests.configMap("config", Map.of(".env", FILE))));

    assertThat(both.configMaps())
        .extracting(map -> map.getMetadata().getName())
        .hasSize(2)
        .contains(name(copied(FILE, DB)));
  }

  @Test
  void namesOfOwnersDoNotCollideAndFit() {
    String longest = "a".repeat(253);
    assertThat(name(phpIni(longest, "db.corp.example", "db.corp.example"))).hasSizeLessThan(254);
    assertThat(name(phpIni(longest, "db.corp.example", "db.corp.example")))
        .isNotEqualTo(name(phpIni("a".repeat(252), "db.corp.example", "db.corp.example")));

    var map = Requests.configMap("b".repeat(253), Map.of(".env", FILE));
    var edits = new DotEdits(Map.of());
    var longCopy = DerivedConfigMaps.copy(longest, map, edits, "x");
    assertThat(longCopy.getMetadata().getName()).hasSizeLessThan(254);
    assertThat(copyName("a", "b-c")).isNotEqualTo(copyName("a-b", "c"));
    assertThat(copyName("mailer", "php-ini")).isNotEqualTo(copyName("mailer", "php"));
  }

  private static String copyName(String owner, String source) {
    var map = Requests.configMap(source, Map.of());
    return DerivedConfigMaps.copy(owner, map, new DotEdits(Map.of()), "").getMetadata().getName();
  }
}
