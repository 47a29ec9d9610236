package dev.monolift.monolithworker;

import dev.monolift.plan.Deleted;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
 * @param restart objects that restart this worker: those that carry its label, and those that have
 *     the names that it needs, ours or not
 */
public record MonolithWorkerObservation(
    @Nullable Deployment deployment,
    @Nullable String livingOwner,
    List<ConfigMap> ownConfigMaps,
    List<ConfigMap> userConfigMaps,
    List<Pod> pods,
    List<Deleted<Pod>> deletedPods,
    List<ReplicaSet> replicaSets,
    List<HasMetadata> restart) {
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
    restart = List.copyOf(restart);
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

  /**
   * What was seen of the cluster for a worker without a restart.
   *
   * @param deployment the Deployment of the wanted name; null when there is none
   * @param livingOwner the other MonolithWorker that it belongs to; null when there is none
   * @param ownConfigMaps ConfigMaps that carry this worker's label
   * @param userConfigMaps ConfigMaps of the user's
   * @param pods pods that carry this worker's label
   * @param deletedPods such pods that went
   * @param replicaSets ReplicaSets that carry this worker's label
   */
  public MonolithWorkerObservation(
      @Nullable Deployment deployment,
      @Nullable String livingOwner,
      List<ConfigMap> ownConfigMaps,
      List<ConfigMap> userConfigMaps,
      List<Pod> pods,
      List<Deleted<Pod>> deletedPods,
      List<ReplicaSet> replicaSets) {
    this(
        deployment,
        livingOwner,
        ownConfigMaps,
        userConfigMaps,
        pods,
        deletedPods,
        replicaSets,
        List.of());
  }

  /**
   * The same with the objects of the restart.
   *
   * @param objects the objects
   * @return a copy with them
   */
  public MonolithWorkerObservation withRestart(List<HasMetadata> objects) {
    return new MonolithWorkerObservation(
        deployment,
        livingOwner,
        ownConfigMaps,
        userConfigMaps,
        pods,
        deletedPods,
        replicaSets,
        objects);
  }
}
