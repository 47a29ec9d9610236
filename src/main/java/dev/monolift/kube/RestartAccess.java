package dev.monolift.kube;

import dev.monolift.restart.GroupRecord;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Optional;

/** All that a restarting program may do: one Deployment and one Lease. */
public interface RestartAccess {
  /**
   * Reads the group's Lease.
   *
   * @return the Lease; empty when there is none
   * @throws RestartRefused when the API server does not allow it
   * @throws KubernetesClientException when it cannot be reached
   */
  Optional<Lease> lease();

  /**
   * Reads the worker's Deployment.
   *
   * @return the Deployment; empty when there is none
   * @throws RestartRefused when the API server does not allow it
   * @throws KubernetesClientException when the API server cannot be reached
   */
  Optional<Deployment> deployment();

  /**
   * Writes the group's record.
   *
   * @param seen the Lease as the decision saw it
   * @param record the new record
   * @return false when somebody has changed the Lease meanwhile: look again
   * @throws RestartRefused when the API server does not allow it
   * @throws KubernetesClientException when the API server cannot be reached
   */
  boolean write(Lease seen, GroupRecord record);

  /**
   * Writes the annotation that makes the Deployment controller replace the pods.
   *
   * @param seen the Deployment as the decision saw it
   * @param since value of the annotation
   * @return false when somebody has changed the Deployment meanwhile: look again
   * @throws RestartRefused when the API server does not allow it
   * @throws KubernetesClientException when the API server cannot be reached
   */
  boolean restart(Deployment seen, Instant since);
}
