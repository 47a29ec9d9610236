package dev.monolift.cli;

import dev.monolift.PackagedFiles;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.monolithworker.MonolithWorkerObserver;
import dev.monolift.monolithworker.MonolithWorkerPlanner;
import dev.monolift.plan.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs the operator's own observer and planner on files. */
final class Forecast {
  /** Any uid will do: it is seen by the planner only. */
  private static final String UID = "00000000-0000-0000-0000-000000000000";

  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final List<HasMetadata> observed;
  private final MonolithWorkerPlanner planner;
  private final Instant now;

  /**
   * A forecast.
   *
   * @param observed objects that stand for those in the cluster
   * @param cluster what its resolver adds to names
   * @param image image of the operator
   * @param now the time
   */
  Forecast(List<HasMetadata> observed, ClusterDns cluster, String image, Instant now) {
    this.observed = List.copyOf(observed);
    this.planner = new MonolithWorkerPlanner(cluster, PackagedFiles.drainProgram(), image);
    this.now = now;
  }

  /** What the operator's first pass would do. */
  Plan<MonolithWorkerStatus> plan(MonolithWorker worker) {
    return pass(worker, observed);
  }

  /**
   * The status when everything that a plan applies is there and all pods are ready.
   *
   * @param worker the worker
   * @param plan its plan
   * @return the status
   */
  MonolithWorkerStatus settled(MonolithWorker worker, Plan<MonolithWorkerStatus> plan) {
    if (plan.apply().isEmpty()) {
      return plan.status();
    }
    MonolithWorker known = serialization.clone(worker);
    var metadata = known.getMetadata();
    metadata.setUid(Objects.requireNonNullElse(metadata.getUid(), UID));
    metadata.setCreationTimestamp(
        Objects.requireNonNullElse(metadata.getCreationTimestamp(), now.toString()));
    known.setStatus(plan.status());
    // With the uid the children have their owner: only so they are recognised as ours.
    List<HasMetadata> world = new ArrayList<>();
    for (HasMetadata child : pass(known, observed).apply()) {
      Optional<HasMetadata> before =
          observed.stream().filter(object -> isSame(object, child)).findFirst();
      String created =
          before
              .map(HasMetadata::getMetadata)
              .map(ObjectMeta::getCreationTimestamp)
              .orElse(now.toString());
      world.add(child instanceof Deployment deployment ? rolledOut(deployment, created) : child);
    }
    observed.stream()
        .filter(object -> world.stream().noneMatch(child -> isSame(child, object)))
        .forEach(world::add);
    return pass(known, world).status();
  }

  private Plan<MonolithWorkerStatus> pass(MonolithWorker worker, List<HasMetadata> world) {
    return planner.plan(
        worker, new MonolithWorkerObserver(new FileCluster(world)).observe(worker), now);
  }

  private static Deployment rolledOut(Deployment deployment, String created) {
    int pods = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
    return new DeploymentBuilder(deployment)
        .editMetadata()
        .withUid(UID)
        .withResourceVersion("1")
        .withGeneration(1L)
        .withCreationTimestamp(created)
        .endMetadata()
        .withNewStatus()
        .withObservedGeneration(1L)
        .withReplicas(pods)
        .withUpdatedReplicas(pods)
        .withReadyReplicas(pods)
        .withAvailableReplicas(pods)
        .addNewCondition()
        .withType("Available")
        .withStatus("True")
        .withReason("MinimumReplicasAvailable")
        .withMessage("Deployment has minimum availability.")
        .endCondition()
        .addNewCondition()
        .withType("Progressing")
        .withStatus("True")
        .withReason("NewReplicaSetAvailable")
        .withMessage("ReplicaSet has successfully progressed.")
        .endCondition()
        .endStatus()
        .build();
  }

  private static boolean isSame(HasMetadata left, HasMetadata right) {
    return left.getKind().equals(right.getKind())
        && left.getMetadata().getName().equals(right.getMetadata().getName())
        && Objects.equals(left.getMetadata().getNamespace(), right.getMetadata().getNamespace());
  }
}
