package dev.monolift.dns;

import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resolv.conf that kubelet writes for a pod. Follows kubelet's {@code pkg/kubelet/network/dns}.
 *
 * @param source where it comes from
 * @param ndots the option; 1, the libraries' own default, where the file does not have it
 * @param userNdots whether the template's own dnsConfig has the option
 * @param searches search domains in order
 */
record PodResolver(Source source, int ndots, boolean userNdots, List<String> searches) {
  static final int CLUSTER_NDOTS = 5;
  private static final int LIBRARY_NDOTS = 1;
  private static final int MAX_SEARCHES = 32;
  private static final int MAX_DOMAIN_CHARS = 253;
  private static final int MAX_LIST_CHARS = 2048;

  /** Where a pod's resolv.conf comes from. */
  enum Source {
    /** The cluster's DNS: search domains of the cluster, then those of the node. */
    Cluster,
    /** The node, by {@code dnsPolicy: Default}. */
    Node,
    /** The node: kubelet takes it for ClusterFirst with {@code hostNetwork: true}. */
    HostNetwork,
    /** Only the template's dnsConfig, by {@code dnsPolicy: None}. */
    Template
  }

  /** Copies the list. */
  PodResolver {
    searches = List.copyOf(searches);
  }

  /**
   * What a pod gets.
   *
   * @param pod the pod's spec
   * @param namespace its namespace
   * @param cluster what the cluster adds
   * @return its resolver settings
   */
  static PodResolver of(PodSpec pod, String namespace, ClusterDns cluster) {
    Source source = source(pod);
    var searches = new LinkedHashSet<String>();
    String domain = cluster.clusterDomain();
    if (source == Source.Cluster && !domain.isEmpty()) {
      searches.add(namespace + ".svc." + domain);
      searches.add("svc." + domain);
      searches.add(domain);
    }
    if (source != Source.Template) {
      searches.addAll(cluster.nodeSearchDomains());
    }
    PodDNSConfig config = pod.getDnsConfig();
    if (config != null) {
      searches.addAll(config.getSearches());
    }
    Integer own = userNdots(config);
    int base = source == Source.Cluster ? CLUSTER_NDOTS : LIBRARY_NDOTS;
    return new PodResolver(
        source, own == null ? base : own, own != null, withinLimits(List.copyOf(searches)));
  }

  private static Source source(PodSpec pod) {
    String policy = pod.getDnsPolicy();
    return switch (policy == null ? "ClusterFirst" : policy) {
      case "Default" -> Source.Node;
      case "None" -> Source.Template;
      case "ClusterFirstWithHostNet" -> Source.Cluster;
      default -> Boolean.TRUE.equals(pod.getHostNetwork()) ? Source.HostNetwork : Source.Cluster;
    };
  }

  /** The last ndots option, as kubelet merges them; a number that cannot be read counts as none. */
  private static @Nullable Integer userNdots(@Nullable PodDNSConfig config) {
    Integer ndots = null;
    if (config != null) {
      for (PodDNSConfigOption option : config.getOptions()) {
        if ("ndots".equals(option.getName())) {
          String value = option.getValue();
          boolean number = value != null && value.matches("\\d{1,4}");
          ndots = number ? Math.min(Integer.parseInt(value), 15) : LIBRARY_NDOTS;
        }
      }
    }
    return ndots;
  }

  private static List<String> withinLimits(List<String> searches) {
    var kept = new ArrayList<String>();
    for (String search : searches.subList(0, Math.min(searches.size(), MAX_SEARCHES))) {
      if (search.length() <= MAX_DOMAIN_CHARS) {
        kept.add(search);
      }
    }
    while (String.join(" ", kept).length() > MAX_LIST_CHARS) {
      kept.removeLast();
    }
    return kept;
  }
}
