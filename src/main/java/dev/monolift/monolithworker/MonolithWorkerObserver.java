package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.kube.ClusterReader;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the planner needs. In the steady state of a worker without file endpoints everything
 * comes from caches. The API server is asked when the cache, which holds only objects with our
 * label, cannot know: for a Deployment that may be somebody else's, for the worker that such a
 * Deployment belongs to, and for the user's ConfigMaps.
 */
public final class MonolithWorkerObserver {
  private final ClusterReader reader;

  /**
   * An observer.
   *
   * @param reader where it reads
   */
  public MonolithWorkerObserver(ClusterReader reader) {
    this.reader = reader;
  }

  /**
   * Observes.
   *
   * @param worker the worker
   * @return what is there for it
   */
  public MonolithWorkerObservation observe(MonolithWorker worker) {
    String namespace = worker.getMetadata().getNamespace();
    String name = MonolithWorkerResources.deploymentName(worker);
    Deployment deployment =
        reader
            .cached(Deployment.class, namespace, name)
            .or(() -> reader.live(Deployment.class, namespace, name))
            .orElse(null);
    return new MonolithWorkerObservation(
        deployment,
        deployment == null || Ownership.isOf(deployment, worker)
            ? null
            : livingOwner(worker, deployment),
        reader.cached(ConfigMap.class, namespace, Labels.WORKER, worker.getMetadata().getName()),
        userConfigMaps(worker));
  }

  private @Nullable String livingOwner(MonolithWorker worker, Deployment deployment) {
    return Ownership.claim(deployment)
        .flatMap(
            claim ->
                Optional.ofNullable(claim.name())
                    .flatMap(
                        name ->
                            reader.live(
                                RawMonolithWorker.class, worker.getMetadata().getNamespace(), name))
                    .filter(other -> claim.uid().equals(other.getMetadata().getUid()))
                    .map(other -> other.getMetadata().getName()))
        .orElse(null);
  }

  /**
   * Nobody tells of a change of these: they have no label of ours, so no watch has them. The pass
   * is repeated once a minute instead, as often as kubelet itself looks at a mounted ConfigMap.
   */
  private List<ConfigMap> userConfigMaps(MonolithWorker worker) {
    return FileConfigMaps.named(worker.getSpec().dns()).stream()
        .map(name -> reader.live(ConfigMap.class, worker.getMetadata().getNamespace(), name))
        .flatMap(Optional::stream)
        .toList();
  }
}
