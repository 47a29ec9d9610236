package dev.monolift.kube;

import dev.monolift.restart.GroupRecord;
import dev.monolift.restart.RestartNames;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The Deployment and the Lease in the cluster, with the rights of a worker's restart account. */
public final class LiveRestartAccess implements RestartAccess {
  private static final int CONFLICT = 409;

  /** 422: an admission policy that names no reason answers so. */
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 422);

  private final KubernetesClient client;
  private final String namespace;
  private final String deployment;
  private final String lease;

  /**
   * The two objects.
   *
   * @param client client; it stays open
   * @param namespace their namespace
   * @param deployment name of the Deployment
   * @param group name of the group
   */
  public LiveRestartAccess(
      KubernetesClient client, String namespace, String deployment, String group) {
    this.client = client;
    this.namespace = namespace;
    this.deployment = deployment;
    this.lease = RestartNames.lease(group);
  }

  @Override
  public Optional<Lease> lease() {
    return request(
        "read Lease " + namespace + "/" + lease,
        () -> Optional.ofNullable(client.leases().inNamespace(namespace).withName(lease).get()));
  }

  @Override
  public Optional<Deployment> deployment() {
    return request(
        "read Deployment " + namespace + "/" + deployment,
        () ->
            Optional.ofNullable(
                client.apps().deployments().inNamespace(namespace).withName(deployment).get()));
  }

  @Override
  public boolean write(Lease seen, GroupRecord record) {
    return unlessChanged(
        "write Lease " + namespace + "/" + lease,
        () -> new GroupLeases(client).write(seen, record));
  }

  @Override
  public boolean restart(Deployment seen, Instant since) {
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(RestartNames.FIELD_MANAGER)
            .build();
    var annotations = Map.of(RestartNames.RESTARTED_AT, since.toString());
    var patch =
        Map.of(
            "metadata",
            Map.of("resourceVersion", seen.getMetadata().getResourceVersion()),
            "spec",
            Map.of("template", Map.of("metadata", Map.of("annotations", annotations))));
    String json = client.getKubernetesSerialization().asJson(patch);
    return unlessChanged(
        "restart Deployment " + namespace + "/" + deployment,
        () ->
            client
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .patch(context, json));
  }

  /** Gone is changed, too. */
  private boolean unlessChanged(String what, Runnable write) {
    try {
      request(
          what,
          () -> {
            write.run();
            return true;
          });
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT || e.getCode() == 404) {
        return false;
      }
      throw e;
    }
  }

  private <T> T request(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      if (!REFUSALS.contains(e.getCode())) {
        throw e;
      }
      throw new RestartRefused(
          "The API server does not let this Job "
              + what
              + ". Its ServiceAccount may do exactly this while the operator's Role, RoleBinding and"
              + " admission policy for it are as installed: look at them, and at other admission"
              + " policies. The answer was: "
              + answer(e),
          e);
    }
  }

  private static String answer(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? String.valueOf(e.getMessage())
        : e.getStatus().getMessage();
  }
}
