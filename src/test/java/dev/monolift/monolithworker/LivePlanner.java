package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.plan.OwnershipTransfer;
import dev.monolift.plan.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plans against what a real API server has, and carries plans out in the simplest way. */
final class LivePlanner {
  static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("monolift")
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final String namespace;
  private final MonolithWorkerPlanner planner = new MonolithWorkerPlanner(ClusterDns.DEFAULT);

  LivePlanner(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** One pass, planned anew while others write in between; the worker gets the new status. */
  Plan<MonolithWorkerStatus> pass(MonolithWorker worker) {
    while (true) {
      try {
        return attempt(worker);
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
      }
    }
  }

  private Plan<MonolithWorkerStatus> attempt(MonolithWorker worker) {
    var plan = plan(worker);
    plan.transfers().forEach(this::transfer);
    for (HasMetadata child : plan.apply()) {
      client.resource(child).patch(APPLY);
    }
    worker.setStatus(plan.status());
    return plan;
  }

  Plan<MonolithWorkerStatus> plan(MonolithWorker worker) {
    return planner.plan(worker, seen(worker), Instant.parse("2026-03-04T05:06:07Z"));
  }

  /** What the next pass would change on the Deployment, as lines. */
  String difference(MonolithWorker worker) {
    var template = worker.getSpec().template();
    return Rollout.of(worker, template, Adoption.decide(worker, seen(worker))).diff().text();
  }

  private MonolithWorkerObservation seen(MonolithWorker worker) {
    return new MonolithWorkerObservation(find(worker), null, List.of(), List.of());
  }

  Deployment deployment(MonolithWorker worker) {
    return Objects.requireNonNull(find(worker));
  }

  private @Nullable Deployment find(MonolithWorker worker) {
    return client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(MonolithWorkerResources.deploymentName(worker))
        .get();
  }

  /** Changes the Deployment as a person or a tool would. */
  void edit(String manager, String mergePatch) {
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.STRATEGIC_MERGE)
            .withFieldManager(manager)
            .build();
    client.apps().deployments().inNamespace(namespace).withName("mail").patch(context, mergePatch);
  }

  /** Changes the number of pods as an autoscaler does. */
  void scale(int replicas) {
    client.apps().deployments().inNamespace(namespace).withName("mail").scale(replicas);
  }

  void transfer(OwnershipTransfer transfer) {
    var metadata =
        Map.of(
            "resourceVersion", transfer.resourceVersion(),
            "managedFields", transfer.managedFields());
    client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(transfer.object().name())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            client.getKubernetesSerialization().asJson(Map.of("metadata", metadata)));
  }
}
