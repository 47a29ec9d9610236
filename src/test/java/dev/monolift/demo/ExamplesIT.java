package dev.monolift.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.OperatorMain;
import dev.monolift.OperatorOptions;
import dev.monolift.RunningOperator;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.dns.ClusterDns;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every example, applied by kubectl as its reader would, becomes ready. */
final class ExamplesIT {
  private static final Path EXAMPLES = Path.of("examples");
  private final TestCluster cluster = TestCluster.shared();

  @Test
  void everyFileBecomesReady() throws IOException, InterruptedException {
    cluster.installCrds();
    String single = cluster.newNamespace("examples");
    for (Path file : yamlFiles(EXAMPLES)) {
      kubectl("apply", "-n", single, "-f", file.toString());
    }
    kubectl("apply", "-k", EXAMPLES.resolve("shop").toString());

    try (RunningOperator operator = operator(single, "shop")) {
      await("the operator's watches").atMost(Duration.ofSeconds(60)).until(operator::isReady);
      assertReady(single, 2);
      assertReady("shop", 4);
    } finally {
      kubectl("delete", "-k", EXAMPLES.resolve("shop").toString());
    }
  }

  @Test
  void theKustomizationHasEveryFileOfTheShop() throws IOException {
    Path shop = EXAMPLES.resolve("shop");
    String kustomization = Files.readString(shop.resolve("kustomization.yaml"));

    for (Path file : yamlFiles(shop)) {
      if (!file.endsWith("kustomization.yaml")) {
        assertThat(kustomization).contains("  - " + file.getFileName() + "\n");
      }
    }
  }

  private RunningOperator operator(String... namespaces) {
    Config config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    return new OperatorMain(
            OperatorMain::client, OperatorMain.kinds("monolift.example/monolift:test"))
        .start(new OperatorOptions(config, Set.of(namespaces), null, 0, ClusterDns.DEFAULT, 10));
  }

  private void assertReady(String namespace, int count) {
    await(namespace)
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () ->
                assertThat(states(namespace))
                    .hasSize(count)
                    .allSatisfy((name, state) -> assertThat(state).isEqualTo("Ready")));
  }

  /** What to say of each worker, by its name. */
  private Map<String, String> states(String namespace) {
    return cluster
        .client()
        .resources(MonolithWorker.class)
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .collect(
            Collectors.toMap(
                worker -> worker.getMetadata().getName(),
                worker -> Snapshot.isReady(worker) ? "Ready" : Missing.why(worker)));
  }

  private void kubectl(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(cluster.kubectl().toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
  }

  private static List<Path> yamlFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
