package dev.monolift.cli;

import dev.monolift.dns.ClusterDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the cluster's resolver adds to names, as options. */
final class ClusterDnsOptions {
  static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  @Option(
      names = "--cluster-domain",
      paramLabel = "DOMAIN",
      description =
          "Domain of the cluster's services. Default: in a pod what its resolv.conf says, elsewhere"
              + " cluster.local.")
  private @Nullable String clusterDomain;

  @Option(
      names = "--node-search",
      split = ",",
      paramLabel = "DOMAIN",
      description =
          "Search domains in the nodes' resolv.conf, in their order; pods have them after the"
              + " cluster's three. Default: in a pod what its resolv.conf says, elsewhere none.")
  private @Nullable List<String> nodeSearchDomains;

  /**
   * The options, with what a pod's own resolv.conf says where they are not given.
   *
   * @param resolvConf a file in the form of resolv.conf(5); it need not exist
   */
  ClusterDns toClusterDns(Path resolvConf) {
    ClusterDns here = read(resolvConf).flatMap(ClusterDns::ofPod).orElse(ClusterDns.DEFAULT);
    return new ClusterDns(
        clusterDomain == null ? here.clusterDomain() : withoutDots(clusterDomain),
        nodeSearchDomains == null
            ? here.nodeSearchDomains()
            : nodeSearchDomains.stream().map(ClusterDnsOptions::withoutDots).toList());
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String withoutDots(String domain) {
    return domain.replaceAll("^\\.+|\\.+$", "");
  }
}
