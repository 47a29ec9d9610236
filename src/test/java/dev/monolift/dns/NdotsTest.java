package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import dev.monolift.api.v1alpha1.DnsSpec;
import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import dev.monolift.dns.DnsResult.Finding;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ndots of the pods. */
class NdotsTest {
  private static final String GLIBC = Requests.GLIBC_IMAGE;
  private static final String UNKNOWN = Requests.UNKNOWN_IMAGE;

  private static DnsResult plan(
      @Nullable Integer ndots, @Nullable Libc libc, PodTemplateSpec template) {
    return DnsEngine.plan(Requests.request(new DnsSpec(ndots, libc, null), template));
  }

  private static String written(DnsResult result) {
    PodDNSConfig config = result.template().getSpec().getDnsConfig();
    return config == null
        ? "none"
        : String.join(
            " ", config.getOptions().stream().map(o -> o.getName() + ":" + o.getValue()).toList());
  }

  @ParameterizedTest(name = "image {0}, spec.ndots {1}, libc {2}, API={3}: ndots {4} {5}")
  @CsvSource({
    GLIBC + ",                ,      , x.corp.example,  2, SafeDefault,         true, ''",
    "php:8.3-cli-alpine,      ,      , x.corp.example,  2, SafeDefault,         true, ''",
    UNKNOWN + ",              , glibc, x.corp.example,  2, SafeDefault,         true, ''",
    UNKNOWN + ",              , musl,  x.corp.example,  2, SafeDefault,         true, ''",
    UNKNOWN + ",              ,      , x.corp.example,  5, LibcUnknown,         false, ''",
    UNKNOWN + ",             3,      , x.corp.example,  3, SpecNdots,           true, ''",
    GLIBC + ",               5,      , x.corp.example,  5, SpecNdots,           true, ''",
    GLIBC
        + ",                ,      , http://a.b.svc/, 5, ServiceNameInConfig, false, ServiceNameInConfig",
    UNKNOWN
        + ",              ,      , a.b.svc:80,      5, ServiceNameInConfig, false, ServiceNameInConfig",
    GLIBC
        + ",               2,      , a.b.svc:80,      2, SpecNdots,           true, ServiceNameInConfig",
    GLIBC + ",               3,      , a.b.svc:80,      3, SpecNdots,           true, ''",
    GLIBC
        + ",               3,      , a.b.c.svc:80,    3, SpecNdots,           true, ServiceNameInConfig",
    GLIBC + ",                ,      , a.svc,           2, SafeDefault,         true, ''",
    GLIBC + ",                ,      , a.b.svc.cluster.local, 2, SafeDefault,   true, ''",
    GLIBC + ",               1,      , x.corp.example,  1, SpecNdots,           true, ''",
    "php:8.3-cli-alpine,     1,      , x.corp.example,  1, SpecNdots,           true, NdotsTooSmall",
    UNKNOWN
        + ",             1,      , x.corp.example,  1, SpecNdots,           true, NdotsTooSmall",
  })
  void isDecided(
      String image,
      @Nullable Integer wanted,
      @Nullable Libc libc,
      String api,
      int ndots,
      String reason,
      boolean write,
      String finding) {
    var result = plan(wanted, libc, Requests.template(image, Map.of("API", api)));

    assertThat(result.status().ndots()).isEqualTo(ndots);
    assertThat(result.status().ndotsReason()).isEqualTo(reason);
    assertThat(written(result)).isEqualTo(write ? "ndots:" + ndots : "none");
    assertThat(result.findings().stream().map(Finding::reason))
        .isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
  }

  @Test
  void theDefaultsHoldWithoutSettings() {
    var result = DnsEngine.plan(Requests.request(null, Requests.template(GLIBC, Map.of())));

    assertThat(written(result)).isEqualTo("ndots:2");
  }

  @Test
  void anOptionOfTheTemplateWinsAndTheRestOfItIsKept() {
    var template =
        new PodTemplateSpecBuilder(Requests.template(GLIBC, Map.of()))
            .editSpec()
            .withNewDnsConfig()
            .withNameservers("192.0.2.53")
            .withSearches("shop.example")
            .addNewOption("timeout", "1")
            .endDnsConfig()
            .endSpec()
            .build();
    var merged = plan(null, null, template);
    assertThat(written(merged)).isEqualTo("timeout:1 ndots:2");
    assertThat(merged.template().getSpec().getDnsConfig().getNameservers())
        .containsExactly("192.0.2.53");
    assertThat(merged.status().searchDomains()).endsWith("shop.example");

    var own =
        new PodTemplateSpecBuilder(template)
            .editSpec()
            .editDnsConfig()
            .addNewOption("ndots", "4")
            .endDnsConfig()
            .endSpec()
            .build();
    var kept = plan(null, null, own);
    assertThat(kept.template()).isEqualTo(own);
    assertThat(kept.status().ndotsReason()).isEqualTo("UserDnsConfig");
    assertThat(kept.findings()).isEmpty();
    assertThat(plan(3, null, own).findings())
        .extracting(Finding::reason)
        .containsExactly("NdotsIgnored");
    assertThat(plan(3, null, own).status().ndots()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"Default, false", "None, false", "ClusterFirst, true"})
  void isLeftAloneWithoutTheClustersSearchDomains(String policy, boolean hostNetwork) {
    var template =
        new PodTemplateSpecBuilder(Requests.template(GLIBC, Map.of()))
            .editSpec()
            .withDnsPolicy(policy)
            .withHostNetwork(hostNetwork)
            .endSpec()
            .build();

    assertThat(written(plan(null, null, template))).isEqualTo("none");
    assertThat(plan(null, null, template).status().ndotsReason()).isEqualTo("NotClusterDns");
    assertThat(plan(null, null, template).status().ndots()).isEqualTo(1);
    assertThat(written(plan(2, null, template))).isEqualTo("ndots:2");
  }

  @Test
  void serviceNamesAreFoundWhereverTheyStand() {
    var template = Requests.using(GLIBC, "config");
    var sidecar =
        new PodTemplateSpecBuilder(template)
            .editSpec()
            .addNewContainer()
            .withName("proxy")
            .withArgs("--to=a.b.svc:80")
            .endContainer()
            .addNewInitContainer()
            .withName("wait")
            .withCommand("nc", "c.d.svc", "1")
            .endInitContainer()
            .endSpec()
            .build();
    var map = Requests.configMap("config", Map.of("app.yaml", "url: http://e.f.svc/\n"));
    var ini = Requests.phpIni("session.save_path", "g.h.svc:11211", "g.h.svc", DnsClient.memcached);

    var result = DnsEngine.plan(Requests.request(Requests.endpoints(ini), sidecar, map));

    assertThat(result.findings()).hasSize(1);
    assertThat(result.findings().getFirst().message())
        .contains("a.b.svc (args of container proxy)")
        .contains("c.d.svc (command of container wait)")
        .contains("e.f.svc (key app.yaml of ConfigMap config)")
        .contains("g.h.svc (phpIni session.save_path)")
        .endsWith("Write service.namespace or the full name, or set spec.dns.ndots.");
    assertThat(Objects.requireNonNull(result.status().ndotsMessage())).contains("ndots stays 5");
  }

  @Test
  void aServiceNameThatHostAliasesAnswerDoesNotMatter() {
    var template =
        new PodTemplateSpecBuilder(Requests.template(GLIBC, Map.of("API", "http://A.b.svc/")))
            .editSpec()
            .addNewHostAlias()
            .withIp("192.0.2.1")
            .withHostnames("a.B.svc")
            .endHostAlias()
            .endSpec()
            .build();

    assertThat(plan(null, null, template).status().ndotsReason()).isEqualTo("SafeDefault");
  }
}
