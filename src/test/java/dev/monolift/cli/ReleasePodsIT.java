package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.plan.Labels;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code monolift release-pods} on a real API server, in processes of its own. */
class ReleasePodsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TestCluster cluster = TestCluster.shared();
  private final KubernetesClient client = cluster.client();
  private final String shop = cluster.newNamespace("release");
  private final String mail = cluster.newNamespace("release");

  @TempDir private Path folder;

  /** What a run printed, and its exit code. */
  private record Run(int code, String out, String err) {}

  @AfterEach
  void letGo() {
    for (String namespace : List.of(shop, mail)) {
      client
          .pods()
          .inNamespace(namespace)
          .list()
          .getItems()
          .forEach(
              pod ->
                  client
                      .resource(pod)
                      .edit(
                          p ->
                              new PodBuilder(p)
                                  .editMetadata()
                                  .withFinalizers()
                                  .endMetadata()
                                  .build()));
    }
  }

  @Test
  void letsTheHeldPodsOfANamespaceGoAndNoOthers() {
    create(shop, "running", Map.of(Labels.WORKER, "w"), "example.test/other", Labels.DRAIN_VERDICT);
    create(shop, "ending", Map.of(Labels.WORKER, "w"), Labels.DRAIN_VERDICT);
    create(shop, "unlabelled", Map.of(), Labels.DRAIN_VERDICT);
    create(shop, "free", Map.of(Labels.WORKER, "w"), "example.test/other");
    create(mail, "elsewhere", Map.of(Labels.WORKER, "w"), Labels.DRAIN_VERDICT);
    client.pods().inNamespace(shop).withName("ending").delete();

    Run dry = run("--namespace", shop, "--dry-run");
    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("pod " + shop + "/running would be released")
        .contains("3 pods held.");
    assertThat(finalizers(shop, "running")).hasSize(2);

    Run run = run("--namespace", shop);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().toList())
        .containsExactlyInAnyOrder(
            "pod " + shop + "/running released",
            "pod " + shop + "/ending released",
            "pod " + shop + "/unlabelled released",
            "3 pods released.");
    assertThat(finalizers(shop, "running")).containsExactly("example.test/other");
    assertThat(finalizers(shop, "unlabelled")).isEmpty();
    assertThat(finalizers(mail, "elsewhere")).containsExactly(Labels.DRAIN_VERDICT);
    await()
        .atMost(PATIENCE)
        .until(() -> client.pods().inNamespace(shop).withName("ending").get() == null);

    Run again = run("--namespace", shop);
    assertThat(again.code()).isZero();
    assertThat(again.out()).isEqualTo("No pod is held.\n");
    Run both = run("--namespace", shop + "," + mail);
    assertThat(both.out()).contains("pod " + mail + "/elsewhere released", "1 pod released.");
  }

  @Test
  void saysWhichDeploymentHoldsItsNextPods() {
    client
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(shop)
                .withName("orphan")
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelector()
                .addToMatchLabels("app", "orphan")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "orphan")
                .withFinalizers(Labels.DRAIN_VERDICT)
                .endMetadata()
                .withSpec(pod(shop, "x", Map.of()).getSpec())
                .endTemplate()
                .endSpec()
                .build())
        .create();

    Run run = run("--namespace", shop);

    assertThat(run.code()).isEqualTo(ExitCode.PROBLEM);
    assertThat(run.err())
        .startsWith("Deployment " + shop + "/orphan holds its new pods")
        .contains("spec.template.metadata.finalizers");
  }

  @Test
  void aClusterThatDoesNotAnswerIsOneLine() throws IOException {
    Path nowhere = folder.resolve("nowhere.kubeconfig");
    Files.writeString(
        nowhere,
        """
        apiVersion: v1
        kind: Config
        current-context: nowhere
        clusters: [{name: nowhere, cluster: {server: "https://127.0.0.1:1"}}]
        users: [{name: nobody, user: {token: none}}]
        contexts: [{name: nowhere, context: {cluster: nowhere, user: nobody}}]
        """);

    Run run = run(nowhere);

    assertThat(run.code()).isEqualTo(ExitCode.PROBLEM);
    assertThat(run.err()).contains("monolift: the cluster at https://127.0.0.1:1/");
    assertThat(run.err()).doesNotContain("\tat ");
  }

  private Run run(String... options) {
    return run(cluster.kubeconfig(), options);
  }

  /** A process, because the kubeconfig comes from the environment as users have it. */
  private Run run(Path kubeconfig, String... options) {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "dev.monolift.OperatorMain",
            "release-pods"));
    command.addAll(List.of(options));
    try {
      Path out = Files.createTempFile(folder, "out", "");
      Path err = Files.createTempFile(folder, "err", "");
      var builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      int code = builder.start().waitFor();
      return new Run(code, Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private List<String> finalizers(String namespace, String pod) {
    return client.pods().inNamespace(namespace).withName(pod).get().getMetadata().getFinalizers();
  }

  private void create(
      String namespace, String name, Map<String, String> labels, String... finalizers) {
    client
        .resource(
            new PodBuilder(pod(namespace, name, labels))
                .editMetadata()
                .withFinalizers(finalizers)
                .endMetadata()
                .build())
        .create();
  }

  private static Pod pod(String namespace, String name, Map<String, String> labels) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewSchedulingGate("example.test/stay")
        .addNewContainer()
        .withName("php")
        .withImage("example.test/php:1")
        .endContainer()
        .endSpec()
        .build();
  }
}
