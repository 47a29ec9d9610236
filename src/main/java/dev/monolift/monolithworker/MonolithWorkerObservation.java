package dev.monolift.monolithworker;

import dev.monolift.plan.Deleted;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of the cluster for one worker.
 *
 * @param deployment the Deployment of the wanted name with its managedFields, ours or not; null
 *     when there is none
 * @param livingOwner name of another MonolithWorker that exists and that the Deployment belongs to;
 *     null when there is none
 * @param ownConfigMaps ConfigMaps that carry this worker's label
 * @param userConfigMaps ConfigMaps of the user's that file endpoints name, as far as they exist
 * @param pods pods that carry this worker's label and are there, by name
 * @param deletedPods such pods that went since the last pass that wrote its status
 * @param replicaSets ReplicaSets that carry this worker's label; empty unless a pod ends or has
 *     ended, or there is an earlier drain program
 */
public record MonolithWorkerObservation(
    @Nullable Deployment deployment,
    @Nullable String livingOwner,
    List<ConfigMap> ownConfigMaps,
    List<ConfigMap> userConfigMaps,
    List<Pod> pods,
    List<Deleted<Pod>> deletedPods,
    List<ReplicaSet> replicaSets) {
  /** Nothing is there. */
  public static final MonolithWorkerObservation NOTHING =
      new MonolithWorkerObservation(null, null, List.of(), List.of());

  /** Copies the lists. */
  public MonolithWorkerObservation {
    ownConfigMaps = List.copyOf(ownConfigMaps);
    userConfigMaps = List.copyOf(userConfigMaps);
    pods = List.copyOf(pods);
    deletedPods = List.copyOf(deletedPods);
    replicaSets = List.copyOf(replicaSets);
  }

  /**
   * What was seen of the cluster for a worker without pods.
   *
   * @param deployment the Deployment of the wanted name; null when there is none
   * @param livingOwner the other MonolithWorker that it belongs to; null when there is none
   * @param ownConfigMaps ConfigMaps that carry this worker's label
   * @param userConfigMaps ConfigMaps of the user's
   */
  public MonolithWorkerObservation(
      @Nullable Deployment deployment,
      @Nullable String livingOwner,
      List<ConfigMap> ownConfigMaps,
      List<ConfigMap> userConfigMaps) {
    this(deployment, livingOwner, ownConfigMaps, userConfigMaps, List.of(), List.of(), List.of());
  }
}
