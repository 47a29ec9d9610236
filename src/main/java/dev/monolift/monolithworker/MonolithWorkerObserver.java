package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.kube.ClusterReader;
import dev.monolift.plan.Deleted;
import dev.monolift.plan.Labels;
import dev.monolift.restart.RestartNames;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the planner needs. In the steady state of a worker without file endpoints everything
 * comes from caches. The API server is asked when the cache, which holds only objects with our
 * label, cannot know: for a Deployment that may be somebody else's, for the worker that such a
 * Deployment belongs to, for the user's ConfigMaps, and for the ReplicaSets when a pod ends.
 */
public final class MonolithWorkerObserver {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /** What restarts a worker, in the order in which it is made. */
  static final List<Class<? extends HasMetadata>> RESTART_TYPES =
      List.of(ServiceAccount.class, Role.class, RoleBinding.class, CronJob.class);

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
    // first those that are there, then those that are gone: so none is missed
    List<Pod> pods = reader.cached(Pod.class, namespace, Labels.WORKER, own(worker));
    List<Deleted<Pod>> gone = reader.deleted(Pod.class, namespace, Labels.WORKER, own(worker));
    List<ConfigMap> configMaps =
        reader.cached(ConfigMap.class, namespace, Labels.WORKER, own(worker));
    var seen =
        new MonolithWorkerObservation(
            deployment,
            deployment == null || Ownership.isOf(deployment, worker)
                ? null
                : livingOwner(worker, deployment),
            configMaps,
            userConfigMaps(worker),
            pods.stream()
                .filter(pod -> gone.stream().noneMatch(d -> isSame(d.last(), pod)))
                .toList(),
            gone,
            mayNeedVerdict(worker, pods, gone) || hasEarlierPrograms(configMaps)
                ? reader.liveList(ReplicaSet.class, namespace, Labels.WORKER, own(worker))
                : List.of());
    return seen.withRestart(restart(worker));
  }

  private static String own(MonolithWorker worker) {
    return worker.getMetadata().getName();
  }

  private static boolean isSame(Pod a, Pod b) {
    return a.getMetadata().getUid().equals(b.getMetadata().getUid());
  }

  /** Why a pod ended, the ReplicaSets tell; nobody asks as long as none ends. */
  private static boolean mayNeedVerdict(
      MonolithWorker worker, List<Pod> pods, List<Deleted<Pod>> gone) {
    var status = worker.getStatus();
    var drains = status == null ? null : status.drains();
    var counted = drains == null || drains.counted() == null ? List.<String>of() : drains.counted();
    return Stream.concat(
            gone.stream().map(Deleted::last),
            pods.stream().filter(MonolithWorkerObserver::isEnding))
        .anyMatch(pod -> !counted.contains(pod.getMetadata().getName()));
  }

  /**
   * Whether it can go, too, the ReplicaSets tell; there is one after an upgrade of the operator.
   */
  private static boolean hasEarlierPrograms(List<ConfigMap> configMaps) {
    return configMaps.stream().filter(OwnConfigMaps::isDrainProgram).count() > 1;
  }

  private static boolean isEnding(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null
        || (pod.getStatus() != null && ENDED.contains(pod.getStatus().getPhase()));
  }

  /**
   * What restarts the worker. The caches have what is ours; somebody else's object of a name that
   * we need is asked for only where ours is not there.
   */
  private List<HasMetadata> restart(MonolithWorker worker) {
    return RESTART_TYPES.stream().<HasMetadata>flatMap(type -> restart(type, worker)).toList();
  }

  private <T extends HasMetadata> Stream<T> restart(Class<T> type, MonolithWorker worker) {
    String namespace = worker.getMetadata().getNamespace();
    String name =
        type == CronJob.class
            ? RestartNames.cronJob(own(worker))
            : RestartNames.account(own(worker));
    List<T> own = reader.cached(type, namespace, Labels.WORKER, own(worker));
    return worker.getSpec().restart() == null
            || own.stream().anyMatch(object -> name.equals(object.getMetadata().getName()))
        ? own.stream()
        : Stream.concat(own.stream(), reader.live(type, namespace, name).stream());
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
