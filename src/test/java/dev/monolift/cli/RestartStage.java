package dev.monolift.cli;

import static org.awaitility.Awaitility.await;

import dev.monolift.kube.LiveRestartAccess;
import dev.monolift.kube.RestartAccess;
import dev.monolift.kube.RestartRefused;
import dev.monolift.plan.Labels;
import dev.monolift.restart.RestartNames;
import dev.monolift.restart.RestartSettings;
import dev.monolift.testcluster.AuditLog;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Workers of a namespace with what the operator makes for their restart: an account that may do
 * exactly what the restarting program needs, and the group's Lease. Their pods run only on nodes
 * with a label that the test can take away.
 */
final class RestartStage implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  final TestCluster cluster = TestCluster.shared();
  final KubernetesClient client = cluster.client();
  final String namespace = cluster.newNamespace("restart");
  final AuditLog audit = new AuditLog(cluster.auditLog().orElseThrow());
  final long from = audit.position();
  private final Path folder;
  private final List<KubernetesClient> clients = new ArrayList<>();

  RestartStage(Path folder) {
    this.folder = folder;
    allowPods(label());
  }

  /** The label of nodes that run the pods of most workers here. */
  String label() {
    return "monolift.test/" + namespace;
  }

  /** Makes the pods with this node label run. */
  void allowPods(String label) {
    client.nodes().list().getItems().stream()
        .limit(1)
        .forEach(
            node ->
                client
                    .nodes()
                    .withName(node.getMetadata().getName())
                    .edit(
                        n ->
                            new NodeBuilder(n)
                                .editMetadata()
                                .addToLabels(label, "yes")
                                .endMetadata()
                                .build()));
  }

  /** No further pod of such a worker runs. */
  void forbidPods(String label) {
    client.nodes().list().getItems().stream()
        .filter(node -> node.getMetadata().getLabels().containsKey(label))
        .forEach(
            node ->
                client
                    .nodes()
                    .withName(node.getMetadata().getName())
                    .edit(
                        n ->
                            new NodeBuilder(n)
                                .editMetadata()
                                .removeFromLabels(label)
                                .endMetadata()
                                .build()));
  }

  /** A worker with the node label of all. */
  void worker(String name, String group) {
    worker(name, group, label(), 600);
  }

  /** A worker; its pods are available when this returns. */
  void worker(String name, String group, String nodeLabel, int progressDeadline) {
    apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: NAME, namespace: NS}
        spec:
          replicas: 1
          progressDeadlineSeconds: %d
          selector: {matchLabels: {app: NAME}}
          template:
            metadata: {labels: {app: NAME}}
            spec:
              nodeSelector: {%s: "yes"}
              terminationGracePeriodSeconds: 1
              containers: [{name: php, image: "example.test/php:1"}]
        """
            .formatted(progressDeadline, nodeLabel)
            .replace("NAME", name)
            .replace("NS", namespace));
    rights(name, group);
    await(name).atMost(PATIENCE).until(() -> RestartWitness.isComplete(deployment(name)));
  }

  private void rights(String name, String group) {
    apply(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: ACCOUNT, namespace: NS}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: ACCOUNT, namespace: NS}
        rules:
        - {apiGroups: [apps], resources: [deployments], resourceNames: [NAME], verbs: [get, patch]}
        - {apiGroups: [coordination.k8s.io], resources: [leases], resourceNames: [LEASE], verbs: [get, update]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: ACCOUNT, namespace: NS}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ACCOUNT}
        subjects: [{kind: ServiceAccount, name: ACCOUNT, namespace: NS}]
        ---
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata: {name: LEASE, namespace: NS, labels: {GROUPLABEL: GROUPNAME}}
        """
            .replace("ACCOUNT", RestartNames.account(name))
            .replace("LEASE", RestartNames.lease(group))
            .replace("GROUPLABEL", Labels.RESTART_GROUP)
            .replace("GROUPNAME", group)
            .replace("NAME", name)
            .replace("NS", namespace));
    RestartAccess access = access(name, group);
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(e -> e instanceof RestartRefused)
        .until(() -> access.deployment().isPresent() && access.lease().isPresent());
  }

  void apply(String yaml) {
    client
        .load(new java.io.ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(object -> client.resource(object).serverSideApply());
  }

  /** The user that a worker's restart is. */
  String user(String worker) {
    return "system:serviceaccount:" + namespace + ":" + RestartNames.account(worker);
  }

  /** A kubeconfig with a real token of a worker's account. */
  Path kubeconfig(String worker) {
    String token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(RestartNames.account(worker))
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    var config = client.getConfiguration();
    try {
      String certificate =
          config.getCaCertData() != null
              ? config.getCaCertData()
              : Base64.getEncoder()
                  .encodeToString(Files.readAllBytes(Path.of(config.getCaCertFile())));
      return Files.writeString(
          folder.resolve(namespace + "-" + worker + ".kubeconfig"),
          """
          apiVersion: v1
          kind: Config
          current-context: restart
          clusters: [{name: test, cluster: {server: "%s", certificate-authority-data: "%s"}}]
          users: [{name: restart, user: {token: "%s"}}]
          contexts: [{name: restart, context: {cluster: test, user: restart, namespace: "%s"}}]
          """
              .formatted(config.getMasterUrl(), certificate, token, namespace));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cluster with the rights of a worker's account. */
  RestartAccess access(String worker, String group) {
    var own =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig(worker).toFile()))
            .build();
    synchronized (clients) {
      clients.add(own);
    }
    return new LiveRestartAccess(own, namespace, worker, group);
  }

  /** One pod's work in this JVM, which looks more often. */
  RestartRun.End run(
      String worker, String group, String job, RestartSettings.Rules rules, RestartAccess access) {
    var settings = new RestartSettings(namespace, worker, worker, group, job, rules, Instant.now());
    try {
      return new RestartRun(
              settings, access, InstantSource.system(), time -> Thread.sleep(200), line -> {})
          .run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  RestartRun.End run(String worker, String group, String job, int minAge, int timeout) {
    return run(
        worker,
        group,
        job,
        new RestartSettings.Rules(1, Duration.ofSeconds(minAge), Duration.ofSeconds(timeout)),
        access(worker, group));
  }

  Deployment deployment(String name) {
    return Objects.requireNonNull(
        client.apps().deployments().inNamespace(namespace).withName(name).get());
  }

  /** When the pods were last told to restart; null when they never were. */
  @Nullable String restartedAt(String name) {
    return deployment(name)
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations()
        .get(RestartNames.RESTARTED_AT);
  }

  Lease lease(String group) {
    return Objects.requireNonNull(
        client.leases().inNamespace(namespace).withName(RestartNames.lease(group)).get());
  }

  /** Answers to the patches that a worker's account has sent. */
  List<Integer> patches(String worker) {
    return audit.requests(from, user(worker)).stream()
        .filter(request -> request.verb().equals("patch"))
        .map(AuditLog.Request::code)
        .toList();
  }

  Map<String, String> environment(String worker, String job) {
    return Map.of("KUBECONFIG", kubeconfig(worker).toString(), "MONOLIFT_JOB_UID", job);
  }

  @Override
  public void close() {
    forbidPods(label());
    clients.forEach(KubernetesClient::close);
  }
}
