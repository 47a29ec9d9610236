package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.api.v1alpha1.DnsEndpoint.DotPolicy;
import dev.monolift.api.v1alpha1.DnsFileKey;
import dev.monolift.api.v1alpha1.DnsSpec;
import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import dev.monolift.dns.DnsResult.Finding;
import dev.monolift.dns.DnsResult.Severity;
import dev.monolift.dns.DotMatrix.Cell;
import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cell of the table in docs/dns.md, in every place that a setting can stand. */
class DotMatrixTest {

  /** Where the setting stands. */
  enum Place {
    ENV,
    PHP_INI,
    ENV_FILE,
    JSON_FILE
  }

  @ParameterizedTest
  @EnumSource
  void everyCell(Place place) {
    var cells = DotMatrix.cells();
    var reasons = new TreeMap<String, Integer>();
    for (Cell cell : cells) {
      DnsResult result = DnsEngine.plan(request(place, cell));
      var decision = Objects.requireNonNull(result.status().endpoints()).getFirst();
      String name = cell.host().text.replaceFirst("\\.$", "");
      boolean dotted = cell.dot() || cell.expectedReason().equals("AlreadyAbsolute");

      assertThat(decision.reason()).as("%s %s", place, cell).isEqualTo(cell.expectedReason());
      assertThat(decision.written()).as("%s", cell).isEqualTo(dotted ? name + "." : name);
      assertThat(seenByTheProgram(place, cell, result))
          .as("%s %s", place, cell)
          .isEqualTo(cell.dot() ? cell.shape().value(cell.client(), name + ".") : cell.value());
      assertThat(decision.queriesBefore()).as("before %s", cell).isEqualTo(cell.queriesBefore());
      assertThat(decision.queriesAfter()).as("after %s", cell).isEqualTo(cell.queriesAfter());
      assertThat(endpointFindings(result))
          .as("%s %s", place, cell)
          .isEqualTo(expectedFindings(cell));
      reasons.merge(decision.reason(), 1, Integer::sum);
    }
    Proof.fact(
        Proof.Chapter.DNS,
        "every cell of the table (client, sslmode, shape of the value, kind of name, dot, ndots)"
            + " is decided as the page says, setting in "
            + place,
        cells.size() + " cells: " + reasons);
  }

  private static DnsRequest request(Place place, Cell cell) {
    var base =
        switch (place) {
          case ENV -> Requests.env("SETTING", cell.host().text, cell.client());
          case PHP_INI ->
              Requests.phpIni("app.setting", cell.value(), cell.host().text, cell.client());
          case ENV_FILE -> file("app.env", "SETTING", cell);
          case JSON_FILE -> file("app.json", "a.setting", cell);
        };
    var endpoint = Requests.with(base, null, cell.sslMode(), policy(cell));
    PodTemplateSpec template =
        place == Place.ENV
            ? Requests.template(Requests.GLIBC_IMAGE, Map.of("SETTING", cell.value()))
            : Requests.using(Requests.GLIBC_IMAGE, "config");
    return Requests.request(
        new DnsSpec(cell.ndots(), Libc.glibc, List.of(endpoint)),
        pinned(template),
        config(cell.value()));
  }

  /** Auto and nothing are the same wish. */
  private static DotPolicy policy(Cell cell) {
    return Objects.requireNonNullElse(cell.policy(), DotPolicy.Auto);
  }

  private static DnsEndpoint file(String path, String key, Cell cell) {
    return new DnsEndpoint(
        null,
        null,
        null,
        new DnsFileKey("config", path, key, null),
        cell.host().text,
        null,
        cell.client(),
        null,
        null);
  }

  private static ConfigMap config(String value) {
    return Requests.configMap(
        "config",
        Map.of(
            "app.env",
            "SETTING=\"" + value + "\"\n",
            "app.json",
            "{\"a\": {\"setting\": \"" + value.replace("/", "\\/") + "\"}}"));
  }

  private static PodTemplateSpec pinned(PodTemplateSpec template) {
    return new PodTemplateSpecBuilder(template)
        .editSpec()
        .addNewHostAlias()
        .withIp("192.0.2.9")
        .withHostnames("pinned.corp.example")
        .endHostAlias()
        .endSpec()
        .build();
  }

  private static String seenByTheProgram(Place place, Cell cell, DnsResult result) {
    if (place == Place.ENV) {
      return Requests.env(result, "SETTING");
    }
    if (place == Place.PHP_INI) {
      String line = Requests.data(result, "zz-monolift.ini").lines().toList().get(1);
      return line.substring("app.setting = \"".length(), line.length() - 1);
    }
    if (result.configMaps().isEmpty()) {
      return cell.value();
    }
    return place == Place.ENV_FILE
        ? Requests.data(result, "app.env").replaceFirst("(?s)SETTING=\"(.*)\"\n", "$1")
        : Requests.data(result, "app.json")
            .replaceFirst("(?s).*\"setting\": \"(.*)\"}}", "$1")
            .replace("\\/", "/");
  }

  private static List<String> endpointFindings(DnsResult result) {
    assertThat(result.findings()).allMatch(finding -> finding.severity() == Severity.WARNING);
    return result.findings().stream()
        .map(Finding::reason)
        .filter(reason -> !reason.equals("ServiceNameInConfig"))
        .toList();
  }

  private static List<String> expectedFindings(Cell cell) {
    if (cell.forced()) {
      return List.of("DotForced");
    }
    boolean impossible =
        cell.policy() == DotPolicy.Always
            && List.of("IpAddress", "SocketPath", "NotHost").contains(cell.expectedReason());
    return impossible ? List.of("DotImpossible") : List.of();
  }
}
