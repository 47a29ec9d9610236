package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterDnsTest {
  @Test
  void aPodsOwnFileTellsTheDomainAndTheNodesSearchDomains() {
    assertThat(
            ClusterDns.ofPod(
                """
                nameserver 10.96.0.10
                search monolift-system.svc.k8s.corp.example svc.k8s.corp.example k8s.corp.example tokyo.corp.example corp.example.
                options ndots:5
                """))
        .contains(
            new ClusterDns("k8s.corp.example", List.of("tokyo.corp.example", "corp.example")));
    assertThat(ClusterDns.ofPod("search a.svc.cluster.local svc.cluster.local cluster.local\n"))
        .contains(ClusterDns.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nameserver 192.0.2.1\n",
        "search corp.example example\n",
        "search a.corp.example b.corp.example corp.example\n",
        "search a.svc.cluster.local svc.cluster.local other.local\n",
        "search a.svc.cluster.local svc.cluster.local cluster.local\nsearch corp.example\n"
      })
  void anyOtherFileTellsNothing(String resolvConf) {
    assertThat(ClusterDns.ofPod(resolvConf)).isEmpty();
  }
}
