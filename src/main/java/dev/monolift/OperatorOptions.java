package dev.monolift;

import dev.monolift.dns.ClusterDns;
import io.fabric8.kubernetes.client.Config;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the operator process runs.
 *
 * @param kubernetes the cluster and the credentials
 * @param namespaces namespaces to watch; empty means all
 * @param election how replicas of the operator agree on one that works; null means that there is
 *     only this one
 * @param managementPort port of /livez, /readyz and /metrics; 0 takes a free one
 * @param dns what the cluster's resolver adds to names
 * @param workers greatest number of passes at the same time, at least 1
 * @param image image of this operator, for the pods that it makes of it; null when it is not known
 */
public record OperatorOptions(
    Config kubernetes,
    Set<String> namespaces,
    @Nullable LeaderElection election,
    int managementPort,
    ClusterDns dns,
    int workers,
    @Nullable String image) {
  /** Passes mostly wait for the API server; 10 were measured to be three times slower. */
  public static final int DEFAULT_WORKERS = 50;

  /** Copies the namespaces. */
  public OperatorOptions {
    namespaces = Set.copyOf(namespaces);
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1 but is " + workers);
    }
  }

  /**
   * An operator that does not know its own image.
   *
   * @param kubernetes the cluster and the credentials
   * @param namespaces namespaces to watch; empty means all
   * @param election how replicas agree on one that works; null means that there is only this one
   * @param managementPort port of /livez, /readyz and /metrics; 0 takes a free one
   * @param dns what the cluster's resolver adds to names
   * @param workers greatest number of passes at the same time, at least 1
   */
  public OperatorOptions(
      Config kubernetes,
      Set<String> namespaces,
      @Nullable LeaderElection election,
      int managementPort,
      ClusterDns dns,
      int workers) {
    this(kubernetes, namespaces, election, managementPort, dns, workers, null);
  }

  /**
   * One operator on all namespaces, without an election, on a free management port.
   *
   * @param kubernetes the cluster and the credentials
   * @return the options
   */
  public static OperatorOptions alone(Config kubernetes) {
    return new OperatorOptions(kubernetes, Set.of(), null, 0, ClusterDns.DEFAULT, DEFAULT_WORKERS);
  }

  /**
   * The Lease that replicas agree by.
   *
   * @param namespace namespace of the Lease
   * @param lease name of the Lease
   * @param identity name of this process, different for every process
   */
  public record LeaderElection(String namespace, String lease, String identity) {
    /** Name of the Lease unless somebody wants another one. */
    public static final String DEFAULT_LEASE = "monolift";
  }
}
