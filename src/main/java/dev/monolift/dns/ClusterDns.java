package dev.monolift.dns;

import java.util.List;
import java.util.Optional;

/**
 * What a pod's resolver adds to names in this cluster.
 *
 * @param clusterDomain domain of the cluster, without dots at its ends, for example {@code
 *     cluster.local}
 * @param nodeSearchDomains search domains of the nodes' resolv.conf, in order; kubelet appends them
 *     to the cluster's three
 */
public record ClusterDns(String clusterDomain, List<String> nodeSearchDomains) {
  private static final int CLUSTER_DOMAINS = 3;

  /**
   * The domain that clusters have unless somebody changed it, and no search domain of the nodes.
   */
  public static final ClusterDns DEFAULT = new ClusterDns("cluster.local", List.of());

  /** Copies the list. */
  public ClusterDns {
    nodeSearchDomains = List.copyOf(nodeSearchDomains);
  }

  /**
   * What kubelet wrote into a pod with {@code dnsPolicy: ClusterFirst} (pkg/kubelet/network/dns):
   * {@code search NS.svc.DOMAIN svc.DOMAIN DOMAIN} and the node's own domains. The last search line
   * counts (resolv.conf(5)).
   *
   * @param resolvConf text of the pod's /etc/resolv.conf
   * @return what it says; empty when it is not one of a pod with the cluster's DNS
   */
  public static Optional<ClusterDns> ofPod(String resolvConf) {
    List<String> search =
        resolvConf
            .lines()
            .map(line -> List.of(line.strip().split("\\s+")))
            .filter(words -> words.getFirst().equals("search"))
            .reduce((before, last) -> last)
            .map(
                words ->
                    words.subList(1, words.size()).stream().map(ClusterDns::withoutDot).toList())
            .orElse(List.of());
    if (search.size() < CLUSTER_DOMAINS || !search.get(1).startsWith("svc.")) {
      return Optional.empty();
    }
    String domain = search.get(2);
    return search.get(1).equals("svc." + domain) && search.get(0).endsWith(".svc." + domain)
        ? Optional.of(new ClusterDns(domain, search.subList(CLUSTER_DOMAINS, search.size())))
        : Optional.empty();
  }

  private static String withoutDot(String domain) {
    return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
  }
}
