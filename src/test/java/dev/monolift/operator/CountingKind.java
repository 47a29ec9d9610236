package dev.monolift.operator;

import dev.monolift.OperatorMain;
import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.kube.ChildInformers;
import dev.monolift.kube.ClusterReader;
import dev.monolift.kube.Kernel;
import dev.monolift.monolithworker.MonolithWorkerReconciler;
import dev.monolift.plan.Deleted;
import dev.monolift.plan.FinalizerRelease;
import dev.monolift.plan.Labels;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.Plan;
import dev.monolift.plan.PlannedCount;
import dev.monolift.plan.Planner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * {@link EchoKind}, and the simplest ledger of pods that ended: their names in the status. Pods of
 * a worker whose name starts with "held" are held until they are in it.
 */
final class CountingKind
    implements OperatorMain.Kinds,
        Planner<MonolithWorker, CountingKind.Seen, MonolithWorkerStatus> {
  private final EchoKind echo = new EchoKind();

  /** Makes the planner fail as long as a pod is gone that is not counted. */
  final AtomicBoolean defect = new AtomicBoolean();

  /** How often it failed so. */
  final AtomicInteger failures = new AtomicInteger();

  /** Pods that the last pass was shown as gone. */
  final AtomicInteger shown = new AtomicInteger();

  record Seen(Optional<Deployment> deployment, List<Pod> pods, List<Deleted<Pod>> gone) {}

  @Override
  public List<Reconciler<? extends HasMetadata>> reconcilers(
      ChildInformers children, ClusterDns dns, Kernel kernel) {
    return List.of(new MonolithWorkerReconciler(children, CountingKind::observe, this, kernel));
  }

  private static Seen observe(MonolithWorker worker, ClusterReader reader) {
    String namespace = worker.getMetadata().getNamespace();
    String name = worker.getMetadata().getName();
    return new Seen(
        reader.cached(Deployment.class, namespace, name),
        reader.cached(Pod.class, namespace, Labels.WORKER, name),
        reader.deleted(Pod.class, namespace, Labels.WORKER, name));
  }

  @Override
  public Plan<MonolithWorkerStatus> plan(MonolithWorker worker, Seen seen, Instant now) {
    shown.set(seen.gone().size());
    if (defect.get() && !seen.gone().isEmpty()) {
      failures.incrementAndGet();
      throw new IllegalStateException("planned on purpose");
    }
    var before = worker.getStatus();
    var drains = before == null ? null : before.drains();
    var counted =
        new TreeSet<>(
            drains == null || drains.counted() == null ? List.<String>of() : drains.counted());
    List<Pod> held =
        seen.pods().stream()
            .filter(pod -> pod.getMetadata().getDeletionTimestamp() != null)
            .filter(pod -> pod.getMetadata().getFinalizers().contains(Labels.DRAIN_VERDICT))
            .toList();
    List<PlannedCount> counts =
        Stream.concat(held.stream(), seen.gone().stream().map(Deleted::last))
            .filter(pod -> counted.add(pod.getMetadata().getName()))
            .map(pod -> PlannedCount.drain("Clean", "Delete"))
            .toList();
    var plan = echo.plan(worker, seen.deployment(), now);
    return new Plan<>(
        plan.transfers(),
        plan.apply().stream().map(child -> holding(worker, (Deployment) child)).toList(),
        plan.delete(),
        withCounted(plan.status(), List.copyOf(counted)),
        plan.events(),
        held.stream()
            .map(pod -> new FinalizerRelease(ObjectRef.of(pod), Labels.DRAIN_VERDICT))
            .toList(),
        counts,
        plan.requeueAfter());
  }

  private static HasMetadata holding(MonolithWorker worker, Deployment deployment) {
    return worker.getMetadata().getName().startsWith("held")
        ? new DeploymentBuilder(deployment)
            .editSpec()
            .editTemplate()
            .editMetadata()
            .withFinalizers(Labels.DRAIN_VERDICT)
            .endMetadata()
            .endTemplate()
            .endSpec()
            .build()
        : deployment;
  }

  private static MonolithWorkerStatus withCounted(MonolithWorkerStatus s, List<String> counted) {
    return new MonolithWorkerStatus(
        s.observedGeneration(),
        s.deployment(),
        s.replicas(),
        s.updatedReplicas(),
        s.readyReplicas(),
        s.availableReplicas(),
        s.selector(),
        s.replicasManagedBy(),
        s.dns(),
        s.drainProgram(),
        s.pendingUpgrade(),
        counted.isEmpty() ? null : new DrainStatus(null, null, null, null, counted),
        s.restart(),
        s.conditions());
  }
}
