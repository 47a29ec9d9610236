package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resolv.conf that kubelet writes. */
class PodResolverTest {
  private static final String CLUSTER =
      "shop.svc.cluster.local svc.cluster.local cluster.local tokyo.corp.example corp.example";

  private static PodResolver resolver(PodSpec pod) {
    return PodResolver.of(pod, "shop", Requests.FIVE_DOMAINS);
  }

  @ParameterizedTest
  @CsvSource({
    ",                        false, Cluster,     5, " + CLUSTER,
    "ClusterFirst,            false, Cluster,     5, " + CLUSTER,
    "ClusterFirst,            true,  HostNetwork, 1, tokyo.corp.example corp.example",
    "ClusterFirstWithHostNet, true,  Cluster,     5, " + CLUSTER,
    "ClusterFirstWithHostNet, false, Cluster,     5, " + CLUSTER,
    "Default,                 false, Node,        1, tokyo.corp.example corp.example",
    "None,                    false, Template,    1, ''",
  })
  void byDnsPolicy(
      String policy, boolean hostNetwork, PodResolver.Source source, int ndots, String searches) {
    var pod =
        new PodSpecBuilder()
            .withDnsPolicy(policy)
            .withHostNetwork(hostNetwork ? Boolean.TRUE : null)
            .build();

    assertThat(resolver(pod))
        .isEqualTo(
            new PodResolver(
                source,
                ndots,
                false,
                searches.isEmpty() ? List.of() : List.of(searches.split(" "))));
  }

  @Test
  void searchesOfTheTemplateFollowWithoutRepetition() {
    var pod =
        new PodSpecBuilder()
            .withNewDnsConfig()
            .withSearches("svc.cluster.local", "shop.example")
            .endDnsConfig()
            .build();

    assertThat(resolver(pod).searches()).isEqualTo(List.of((CLUSTER + " shop.example").split(" ")));
  }

  @Test
  void theLastNdotsOptionOfTheTemplateWins() {
    var pod =
        new PodSpecBuilder()
            .withNewDnsConfig()
            .addNewOption("ndots", "3")
            .addNewOption("timeout", "1")
            .addNewOption("ndots", "4")
            .endDnsConfig()
            .build();

    assertThat(resolver(pod).ndots()).isEqualTo(4);
    assertThat(resolver(pod).userNdots()).isTrue();
  }

  @Test
  void kubeletKeeps32DomainsAnd2048Characters() {
    var many = IntStream.range(0, 40).mapToObj(i -> "d" + i + ".example").toList();
    var pod = new PodSpecBuilder().withNewDnsConfig().withSearches(many).endDnsConfig().build();
    assertThat(resolver(pod).searches()).hasSize(32).endsWith("d26.example");

    var large = IntStream.range(0, 12).mapToObj(i -> i + "x".repeat(240)).toList();
    var none =
        new PodSpecBuilder()
            .withDnsPolicy("None")
            .withNewDnsConfig()
            .withSearches(large)
            .endDnsConfig()
            .build();
    assertThat(String.join(" ", resolver(none).searches())).hasSizeBetween(1800, 2048);
  }
}
