package dev.monolift.monolithworker;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
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
 */
public record MonolithWorkerObservation(
    @Nullable Deployment deployment,
    @Nullable String livingOwner,
    List<ConfigMap> ownConfigMaps,
    List<ConfigMap> userConfigMaps) {
  /** Nothing is there. */
  public static final MonolithWorkerObservation NOTHING =
      new MonolithWorkerObservation(null, null, List.of(), List.of());

  /** Copies the lists. */
  public MonolithWorkerObservation {
    ownConfigMaps = List.copyOf(ownConfigMaps);
    userConfigMaps = List.copyOf(userConfigMaps);
  }
}
