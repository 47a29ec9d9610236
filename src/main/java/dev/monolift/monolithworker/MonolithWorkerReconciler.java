package dev.monolift.monolithworker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.kube.ChildInformers;
import dev.monolift.kube.ClusterReader;
import dev.monolift.kube.Kernel;
import dev.monolift.kube.Leftovers;
import dev.monolift.kube.ReconcileLoop;
import dev.monolift.kube.ResourceKind;
import dev.monolift.plan.Labels;
import dev.monolift.plan.Planner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ties the kind to the loop: which children wake it, who observes, who plans. */
@ControllerConfiguration(name = "monolithworker")
public final class MonolithWorkerReconciler implements Reconciler<RawMonolithWorker> {
  private final ReconcileLoop<RawMonolithWorker, ?, ?, ?> loop;
  private final ChildInformers children;
  private final Kernel kernel;

  /**
   * The reconciler.
   *
   * @param children where observations come from, and what wakes the loop
   * @param observer gathers the facts about a resource
   * @param planner makes the decisions
   * @param kernel what all loops share
   * @param <O> what is observed
   */
  public <O> MonolithWorkerReconciler(
      ChildInformers children,
      BiFunction<MonolithWorker, ClusterReader, O> observer,
      Planner<MonolithWorker, O, MonolithWorkerStatus> planner,
      Kernel kernel) {
    this.children = children;
    this.kernel = kernel;
    this.loop =
        new ReconcileLoop<>(
            new ResourceKind<>(RawMonolithWorker::new, MonolithWorker.class, observer, planner),
            kernel);
  }

  @Override
  public UpdateControl<RawMonolithWorker> reconcile(
      RawMonolithWorker resource, Context<RawMonolithWorker> context) {
    return loop.reconcile(resource, context);
  }

  @Override
  public List<EventSource<?, RawMonolithWorker>> prepareEventSources(
      EventSourceContext<RawMonolithWorker> context) {
    return List.of(
        children.eventSource(Deployment.class, Labels.WORKER),
        children.eventSource(ConfigMap.class, Labels.WORKER),
        children.eventSource(Pod.class, Labels.WORKER),
        children.eventSource(ServiceAccount.class, Labels.WORKER),
        children.eventSource(Role.class, Labels.WORKER),
        children.eventSource(RoleBinding.class, Labels.WORKER),
        children.eventSource(CronJob.class, Labels.WORKER),
        children
            .<Lease, RawMonolithWorker>eventSource(Lease.class, Labels.WORKER)
            .alsoWaking(lease -> groupWithout(lease, context.getPrimaryCache())),
        new Leftovers<>(RawMonolithWorker.class, context.getPrimaryCache(), children, kernel));
  }

  /** The workers of a group whose Lease is gone: it belongs to none of them, and all need it. */
  private Stream<ResourceID> groupWithout(
      Lease lease, IndexerResourceCache<RawMonolithWorker> workers) {
    var metadata = lease.getMetadata();
    var labels = metadata.getLabels();
    String group = labels == null ? null : labels.get(Labels.RESTART_GROUP);
    return group == null
            || children.cached(Lease.class, metadata.getNamespace(), metadata.getName()).isPresent()
        ? Stream.empty()
        : workers
            .list(metadata.getNamespace(), worker -> group.equals(groupOf(worker)))
            .map(ResourceID::fromResource);
  }

  private static @Nullable String groupOf(RawMonolithWorker worker) {
    if (worker.getSpec() == null) {
      return null;
    }
    JsonNode restart = worker.getSpec().tree().path("restart");
    return restart.isObject() ? restart.path("group").asText(worker.getMetadata().getName()) : null;
  }
}
