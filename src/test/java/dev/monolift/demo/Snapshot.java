package dev.monolift.demo;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What the demo's tree is made of, by namespace and name.
 *
 * @param workers all workers
 * @param deployments children of the operator
 * @param configMaps children of the operator
 * @param replicaSets all ReplicaSets
 * @param pods all pods
 */
record Snapshot(
    List<MonolithWorker> workers,
    List<Deployment> deployments,
    List<ConfigMap> configMaps,
    List<ReplicaSet> replicaSets,
    List<Pod> pods) {

  Snapshot {
    workers = sorted(workers);
    deployments = sorted(deployments);
    configMaps = sorted(configMaps);
    replicaSets = sorted(replicaSets);
    pods = sorted(pods);
  }

  static Snapshot read(KubernetesClient client) {
    return new Snapshot(
        client.resources(MonolithWorker.class).inAnyNamespace().list().getItems(),
        client
            .apps()
            .deployments()
            .inAnyNamespace()
            .withLabel(Labels.MANAGED_BY, Labels.MONOLIFT)
            .list()
            .getItems(),
        client
            .configMaps()
            .inAnyNamespace()
            .withLabel(Labels.MANAGED_BY, Labels.MONOLIFT)
            .list()
            .getItems(),
        client.apps().replicaSets().inAnyNamespace().list().getItems(),
        client.pods().inAnyNamespace().list().getItems());
  }

  /** Workers whose newest spec is not ready. */
  List<MonolithWorker> notReady() {
    return workers.stream().filter(worker -> !isReady(worker)).toList();
  }

  static boolean isReady(MonolithWorker worker) {
    var status = worker.getStatus();
    return status != null
        && Objects.equals(status.observedGeneration(), worker.getMetadata().getGeneration())
        && Conditions.find(status.conditions(), Conditions.READY)
            .filter(ready -> "True".equals(ready.getStatus()))
            .isPresent();
  }

  private static <T extends HasMetadata> List<T> sorted(List<T> objects) {
    return objects.stream()
        .sorted(
            Comparator.comparing((T object) -> object.getMetadata().getNamespace())
                .thenComparing(object -> object.getMetadata().getName()))
        .toList();
  }
}
