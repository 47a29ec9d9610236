package dev.monolift.operator;

import dev.monolift.OperatorMain;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.kube.ChildInformers;
import dev.monolift.kube.Kernel;
import dev.monolift.monolithworker.MonolithWorkerReconciler;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Labels;
import dev.monolift.plan.Plan;
import dev.monolift.plan.Planner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The simplest planner: the template becomes a Deployment as it is. With it the kernel is tested
 * without anything that a real planner would do.
 */
final class EchoKind
    implements OperatorMain.Kinds,
        Planner<MonolithWorker, Optional<Deployment>, MonolithWorkerStatus> {

  /** A worker of this name makes the planner fail, as a defect would. */
  static final String DEFECT = "defect";

  @Override
  public List<Reconciler<? extends HasMetadata>> reconcilers(
      ChildInformers children, ClusterDns dns, Kernel kernel) {
    return List.of(
        new MonolithWorkerReconciler(
            children,
            (worker, reader) ->
                reader.cached(
                    Deployment.class,
                    worker.getMetadata().getNamespace(),
                    worker.getMetadata().getName()),
            this,
            kernel));
  }

  @Override
  public Plan<MonolithWorkerStatus> plan(
      MonolithWorker worker, Optional<Deployment> observed, Instant now) {
    String name = worker.getMetadata().getName();
    if (name.equals(DEFECT)) {
      throw new IllegalStateException("planned on purpose");
    }
    Integer replicas = observed.map(d -> d.getStatus().getReplicas()).orElse(null);
    var before = worker.getStatus();
    var status =
        new MonolithWorkerStatus(
            worker.getMetadata().getGeneration(),
            name,
            replicas,
            null,
            null,
            null,
            Labels.WORKER + "=" + name,
            null,
            null,
            null,
            null,
            null,
            null,
            Conditions.merge(
                before == null ? null : before.conditions(),
                List.of(
                    Conditions.of(
                        Conditions.READY,
                        Conditions.Status.True,
                        "Echoed",
                        "The Deployment is as the template.",
                        worker.getMetadata().getGeneration())),
                now));
    return new Plan<>(
        List.of(),
        List.of(deployment(worker)),
        List.of(),
        status,
        List.of(),
        Duration.ofMinutes(1));
  }

  private static Deployment deployment(MonolithWorker worker) {
    var metadata = worker.getMetadata();
    Map<String, String> pods = Map.of(Labels.WORKER, metadata.getName());
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .addToLabels(Labels.MANAGED_BY, Labels.MONOLIFT)
        .addToLabels(pods)
        .addNewOwnerReference()
        .withApiVersion(worker.getApiVersion())
        .withKind(worker.getKind())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withReplicas(worker.getSpec().replicas())
        .withNewSelector()
        .withMatchLabels(pods)
        .endSelector()
        .withTemplate(
            worker
                .getSpec()
                .template()
                .edit()
                .editOrNewMetadata()
                .addToLabels(pods)
                .endMetadata()
                .build())
        .endSpec()
        .build();
  }
}
