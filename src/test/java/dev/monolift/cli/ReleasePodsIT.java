package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.plan.Labels;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
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

    CommandRun dry = run("--namespace", shop, "--dry-run");
    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("pod " + shop + "/running would be released")
        .contains("3 pods held.");
    assertThat(finalizers(shop, "running")).hasSize(2);

    CommandRun run = run("--namespace", shop);

    assertThat(run.exitCode()).as(run.err()).isZero();
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

    CommandRun again = run("--namespace", shop);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).isEqualTo("No pod is held.\n");
    CommandRun both = run("--namespace", shop + "," + mail);
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

    CommandRun run = run("--namespace", shop);

    assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEM);
    assertThat(run.err())
        .startsWith("Deployment " + shop + "/orphan holds its new pods")
        .contains("spec.template.metadata.finalizers");
  }

  private CommandRun run(String... options) {
    var environment = Map.of("KUBECONFIG", cluster.kubeconfig().toString());
    var arguments = new ArrayList<String>(List.of("release-pods"));
    arguments.addAll(List.of(options));
    return new CommandProcess(folder, environment).run(arguments.toArray(String[]::new));
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
