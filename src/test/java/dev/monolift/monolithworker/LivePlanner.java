package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.drain.DrainProgram;
import dev.monolift.fields.LastApply;
import dev.monolift.plan.Labels;
import dev.monolift.plan.OwnershipTransfer;
import dev.monolift.plan.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plans against what a real API server has, and carries plans out in the simplest way. */
final class LivePlanner {
  static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("monolift")
          .withForce(true)
          .build();

  /** Stands for the real one, so that a change of that changes no golden file. */
  static final DrainProgram PROGRAM = new DrainProgram("exec \"$@\"\n");

  private final KubernetesClient client;
  private final String namespace;
  private final MonolithWorkerPlanner planner =
      new MonolithWorkerPlanner(ClusterDns.DEFAULT, LivePlanner.PROGRAM);

  LivePlanner(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * A worker called mail with deletionPolicy Orphan, because it does not exist in the cluster, and
   * a template that has one of everything.
   *
   * @param spec more of its spec, as YAML
   */
  MonolithWorker worker(String spec) {
    return GoldenCase.YAML.unmarshal(
        """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: mail, namespace: %s, uid: 1-2-3, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z"}
        spec:
          deletionPolicy: Orphan
          dns: {ndots: 2}
          drain: {program: None}
          template:
        %s%s"""
            .formatted(namespace, template().indent(4), spec.indent(2)),
        MonolithWorker.class);
  }

  private static String template() {
    try {
      return Files.readString(Path.of("src/test/resources/LivePlanner/template.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One pass; the worker gets the new status. */
  Plan<MonolithWorkerStatus> pass(MonolithWorker worker) {
    return againOnConflict(
        () -> {
          var plan = plan(worker);
          plan.transfers().forEach(this::transfer);
          for (HasMetadata child : plan.apply()) {
            client.resource(LastApply.marked(child)).patch(APPLY);
          }
          worker.setStatus(plan.status());
          return plan;
        });
  }

  /** A pass that is killed between the transfer of ownership and the apply. */
  void killedPass(MonolithWorker worker) {
    againOnConflict(
        () -> {
          var plan = plan(worker);
          plan.transfers().forEach(this::transfer);
          return plan;
        });
  }

  /** Others write in between; then it is planned anew, as the loop does. */
  private static <T> T againOnConflict(Supplier<T> attempt) {
    while (true) {
      try {
        return attempt.get();
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
      }
    }
  }

  Plan<MonolithWorkerStatus> plan(MonolithWorker worker) {
    return planner.plan(worker, seen(worker), Instant.parse("2026-03-04T05:06:07Z"));
  }

  /** What the next pass would change on the Deployment if it had to rely on values, as lines. */
  String difference(MonolithWorker worker) {
    var template = worker.getSpec().template();
    var seen = seen(worker);
    Objects.requireNonNull(seen.deployment()).getMetadata().getAnnotations().remove(Labels.APPLIED);
    return Rollout.of(worker, template, Adoption.decide(worker, seen)).diff().text();
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

  /** Applies some fields of the Deployment, by force, as another tool would. */
  void apply(String manager, String fields) {
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(manager)
            .withForce(true)
            .build();
    String patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: mail}\n" + fields;
    client.apps().deployments().inNamespace(namespace).withName("mail").patch(context, patch);
  }

  /** Changes the number of pods as an autoscaler does. */
  void scale(int replicas) {
    scale("kube-controller-manager", replicas);
  }

  /** Changes the number of pods through the scale subresource. */
  void scale(String manager, int replicas) {
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(manager)
            .build();
    client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName("mail")
        .subresource("scale")
        .patch(context, "{\"spec\":{\"replicas\":" + replicas + "}}");
  }

  private void transfer(OwnershipTransfer transfer) {
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
