package dev.monolift.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the leader's Lease back at the end, so that the next process need not wait until it
 * expires. The framework cannot: it relies on the client not doing so.
 */
public final class LeaderLease {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderLease.class);
  private static final int ATTEMPTS = 3;

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final String identity;

  /**
   * A lease.
   *
   * @param client client
   * @param namespace namespace of the Lease
   * @param name name of the Lease
   * @param identity name of this process in it
   */
  public LeaderLease(KubernetesClient client, String namespace, String name, String identity) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.identity = identity;
  }

  /**
   * Gives the lease back if this process still holds it. To be called when nothing is written any
   * more.
   */
  public void release() {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var lease = client.leases().inNamespace(namespace).withName(name).get();
      if (lease == null || !identity.equals(lease.getSpec().getHolderIdentity())) {
        return;
      }
      lease.getSpec().setHolderIdentity(null);
      try {
        // the resourceVersion that was read is the condition
        client.resource(lease).update();
        LOG.info("Gave the leader lease {}/{} back.", namespace, name);
        return;
      } catch (KubernetesClientException e) {
        // a renewal that was under way
        if (e.getCode() != 409 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
