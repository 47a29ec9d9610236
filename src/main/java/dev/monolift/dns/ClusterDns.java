package dev.monolift.dns;

import java.util.List;

/**
 * What a pod's resolver adds to names in this cluster.
 *
 * @param clusterDomain domain of the cluster, without dots at its ends, for example {@code
 *     cluster.local}
 * @param nodeSearchDomains search domains of the nodes' resolv.conf, in order; kubelet appends them
 *     to the cluster's three
 */
public record ClusterDns(String clusterDomain, List<String> nodeSearchDomains) {
  /**
   * The domain that clusters have unless somebody changed it, and no search domain of the nodes.
   */
  public static final ClusterDns DEFAULT = new ClusterDns("cluster.local", List.of());

  /** Copies the list. */
  public ClusterDns {
    nodeSearchDomains = List.copyOf(nodeSearchDomains);
  }
}
