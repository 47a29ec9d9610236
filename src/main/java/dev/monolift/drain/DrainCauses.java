package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainStatus.Cause;
import dev.monolift.fields.Json;
import dev.monolift.plan.Timestamps;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells why pods of a Deployment were ended. */
final class DrainCauses {
  /** Label that the Deployment controller gives a ReplicaSet and its pods. */
  static final String HASH = "pod-template-hash";

  /** Annotation of a ReplicaSet: the greatest is of the newest. */
  static final String REVISION = "deployment.kubernetes.io/revision";

  /** Annotation of a template that {@code kubectl rollout restart} and the daily restart set. */
  static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

  /**
   * A ReplicaSet replaces a pod as soon as its deletion was asked for. A pod that comes much later
   * comes of scaling out, while the first one still drains.
   */
  private static final long REPLACED_WITHIN_SECONDS = 60;

  private final @Nullable Deployment deployment;
  private final Map<String, ReplicaSet> byHash = new HashMap<>();
  private final @Nullable String newest;
  private final Map<String, TreeSet<Instant>> created = new HashMap<>();
  private final Map<String, Boolean> restarted = new HashMap<>();

  /**
   * What is known beside the pod.
   *
   * @param deployment the worker's Deployment; null when it is gone
   * @param replicaSets its ReplicaSets
   * @param pods its live pods
   */
  DrainCauses(@Nullable Deployment deployment, List<ReplicaSet> replicaSets, List<Pod> pods) {
    this.deployment = deployment;
    replicaSets.forEach(set -> hash(set.getMetadata()).ifPresent(it -> byHash.put(it, set)));
    this.newest =
        replicaSets.stream()
            .max(Comparator.comparingLong(DrainCauses::revision))
            .flatMap(set -> hash(set.getMetadata()))
            .orElse(null);
    for (Pod pod : pods) {
      Timestamps.parse(pod.getMetadata().getCreationTimestamp())
          .ifPresent(time -> created.computeIfAbsent(key(pod), k -> new TreeSet<>()).add(time));
    }
  }

  /**
   * The cause of a pod's end.
   *
   * @param pod the pod in its last known state
   * @return the cause; Unknown when nothing tells
   */
  Cause of(Pod pod) {
    Departure departure = Departure.of(pod);
    return byDisruption(departure)
        .or(() -> byKubelet(departure))
        .orElseGet(() -> byDeployment(pod, departure));
  }

  private static Optional<Cause> byDisruption(Departure departure) {
    return switch (departure.disruption()) {
      case Departure.BY_EVICTION_API, Departure.BY_SCHEDULER -> Optional.of(Cause.Eviction);
      case Departure.BY_TAINT, Departure.BY_DEVICE_TAINT, Departure.BY_POD_GC ->
          Optional.of(Cause.Node);
      default -> Optional.empty();
    };
  }

  private static Optional<Cause> byKubelet(Departure departure) {
    if (departure.reason().equals(Departure.PREEMPTED)) {
      return Optional.of(Cause.Eviction);
    }
    boolean node =
        departure.evictedByKubelet()
            || departure.nodeShutsDown()
            || departure.nodeIsGone()
            // nobody else brings a worker's pod into a final phase
            || (departure.isFinal() && departure.requested() == null);
    return node ? Optional.of(Cause.Node) : Optional.empty();
  }

  private Cause byDeployment(Pod pod, Departure departure) {
    if (deployment == null || deployment.getMetadata().getDeletionTimestamp() != null) {
      return Cause.Delete;
    }
    String hash = hash(pod.getMetadata()).orElse(null);
    if (hash == null || newest == null || departure.requested() == null) {
      return Cause.Unknown;
    }
    if (!hash.equals(newest)) {
      return restarted.computeIfAbsent(hash, it -> isRestart(byHash.get(it), byHash.get(newest)))
          ? Cause.Restart
          : Cause.Rollout;
    }
    return wasReplaced(pod, departure.requested()) ? Cause.Delete : Cause.ScaleIn;
  }

  private static boolean isRestart(@Nullable ReplicaSet before, @Nullable ReplicaSet after) {
    if (before == null || after == null) {
      return false;
    }
    PodTemplateSpec old = before.getSpec().getTemplate();
    PodTemplateSpec now = after.getSpec().getTemplate();
    return Json.tree(withoutRestart(old)).equals(Json.tree(withoutRestart(now)));
  }

  private static PodTemplateSpec withoutRestart(PodTemplateSpec template) {
    return new PodTemplateSpecBuilder(template)
        .editOrNewMetadata()
        .removeFromAnnotations(RESTARTED_AT)
        .removeFromLabels(HASH)
        .endMetadata()
        .build();
  }

  /**
   * Whether the ReplicaSet made another pod for it, which it does unless fewer are wanted. The time
   * of the request may be that of the pod's own creation, or earlier where only the earliest
   * possible one is known: the pod is no replacement of itself then, and neither are those that
   * came with it.
   */
  private boolean wasReplaced(Pod pod, Instant requested) {
    var times = created.get(key(pod));
    if (times == null) {
      return false;
    }
    Instant born = Timestamps.parse(pod.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
    Instant next = born.isBefore(requested) ? times.ceiling(requested) : times.higher(born);
    return next != null && !next.isAfter(requested.plusSeconds(REPLACED_WITHIN_SECONDS));
  }

  private static String key(Pod pod) {
    return hash(pod.getMetadata()).orElse("");
  }

  private static Optional<String> hash(ObjectMeta metadata) {
    return metadata.getLabels() == null
        ? Optional.empty()
        : Optional.ofNullable(metadata.getLabels().get(HASH));
  }

  private static long revision(ReplicaSet set) {
    var annotations = set.getMetadata().getAnnotations();
    String revision = annotations == null ? null : annotations.get(REVISION);
    return revision != null && revision.matches("[0-9]{1,18}") ? Long.parseLong(revision) : 0;
  }
}
