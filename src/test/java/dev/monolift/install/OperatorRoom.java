package dev.monolift.install;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.monolift.operator.OperatorIdentity;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * What an operator finds in its pod, on the shared test cluster: the ServiceAccount that is
 * shipped, the API server's address, and a pod of its name, whose image nobody tells it.
 */
record OperatorRoom(TestCluster cluster, String namespace, int port) {
  private static final String POD = "monolift-1";

  /** Image of the operator's pod; a proxy stands before it, as service meshes do it. */
  static final String IMAGE = "registry.example/monolift@sha256:" + "1".repeat(64);

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int OK = 200;

  static OperatorRoom enter() throws IOException {
    var cluster = TestCluster.shared();
    cluster.installCrds();
    Path folder = Files.createTempDirectory("monolift-room");
    Files.delete(OperatorIdentity.kubeconfig(cluster, folder));
    Files.delete(folder);
    try (var socket = new ServerSocket(0)) {
      var room = new OperatorRoom(cluster, cluster.newNamespace("image"), socket.getLocalPort());
      room.createPod();
      return room;
    }
  }

  private KubernetesClient client() {
    return cluster.client();
  }

  private void createPod() {
    var variable = new EnvVarBuilder().withName("MONOLIFT_POD").withValue(POD).build();
    var made =
        new PodBuilder()
            .withNewMetadata()
            .withName(POD)
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("proxy")
            .withImage("registry.example/proxy:1")
            .endContainer()
            .addNewContainer()
            .withName("operator")
            .withImage(IMAGE)
            .withEnv(variable)
            .endContainer()
            .endSpec()
            .build();
    client().resource(made).create();
  }

  PodAccount account() throws IOException {
    Config config = client().getConfiguration();
    String certificate =
        config.getCaCertData() != null
            ? new String(Base64.getDecoder().decode(config.getCaCertData()), US_ASCII)
            : Files.readString(Path.of(config.getCaCertFile()));
    var request = new TokenRequestBuilder().withNewSpec().withExpirationSeconds(7200L).endSpec();
    String token =
        client()
            .serviceAccounts()
            .inNamespace(OperatorIdentity.NAMESPACE)
            .withName("monolift")
            .tokenRequest(request.build())
            .getStatus()
            .getToken();
    return new PodAccount(namespace, token, certificate);
  }

  Map<String, String> environment() {
    URI server = URI.create(client().getConfiguration().getMasterUrl());
    return Map.of(
        "KUBERNETES_SERVICE_HOST",
        server.getHost(),
        "KUBERNETES_SERVICE_PORT",
        Integer.toString(server.getPort()),
        "MONOLIFT_POD",
        POD);
  }

  /** Other tests have operators in the same cluster. */
  String[] arguments() {
    return new String[] {
      "operator",
      "--namespace",
      namespace,
      "--no-leader-election",
      "--management-port",
      Integer.toString(port)
    };
  }

  boolean isReady() throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"));
      return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }

  void createWorker(String name) {
    client()
        .resource(
            """
            apiVersion: monolift.dev/v1alpha1
            kind: MonolithWorker
            metadata: {name: %s, namespace: %s}
            spec:
              restart: {window: {start: "02:00", end: "04:00"}, timeZone: Europe/Berlin}
              template:
                spec:
                  containers: [{name: php, image: "example.test/php:1", command: [php, worker.php]}]
            """
                .formatted(name, namespace))
        .create();
  }

  /** Whether the worker has its Deployment, and the CronJob of its daily restart. */
  boolean isScheduled(String name) {
    return client().apps().deployments().inNamespace(namespace).withName(name).get() != null
        && client().batch().v1().cronjobs().inNamespace(namespace).withName(name + "-restart").get()
            != null;
  }

  /** The image of the pods that ask for the restart. */
  String restartImage(String name) {
    return Objects.requireNonNull(
            client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(namespace)
                .withName(name + "-restart")
                .get())
        .getSpec()
        .getJobTemplate()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getImage();
  }
}
