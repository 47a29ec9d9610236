package dev.monolift.cli;

import dev.monolift.dns.ClusterDns;
import java.util.List;
import picocli.CommandLine.Option;

/** What the cluster's resolver adds to names, as options. */
final class ClusterDnsOptions {
  @Option(
      names = "--cluster-domain",
      defaultValue = "cluster.local",
      paramLabel = "DOMAIN",
      description = "Domain of the cluster's services. Default: ${DEFAULT-VALUE}.")
  private String clusterDomain = "cluster.local";

  @Option(
      names = "--node-search",
      split = ",",
      paramLabel = "DOMAIN",
      description =
          "Search domains in the nodes' resolv.conf, in their order; pods have them after the"
              + " cluster's three. Default: none.")
  private List<String> nodeSearchDomains = List.of();

  ClusterDns toClusterDns() {
    return new ClusterDns(
        withoutDots(clusterDomain),
        nodeSearchDomains.stream().map(ClusterDnsOptions::withoutDots).toList());
  }

  private static String withoutDots(String domain) {
    return domain.replaceAll("^\\.+|\\.+$", "");
  }
}
