package dev.monolift.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real node must be able to do, because the tests of the worker's promises rely on it. */
class RealNodeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TestCluster cluster = TestCluster.realNode();
  private String namespace = "";

  @BeforeEach
  void ownNamespace() {
    namespace = cluster.newNamespace("node");
  }

  @Test
  void aProgramRunsAndItsOutputAndEndAreSeen() {
    run("a", "php", "-r", "echo 'PHP ', PHP_MAJOR_VERSION; exit(3);");

    await().atMost(PATIENCE).until(() -> phase("a").equals("Failed"));
    assertThat(pod("a").getLog()).startsWith("PHP 8");
    assertThat(terminated("a")).isEqualTo("Error 3");
  }

  @Test
  void aProgramThatTakesTooMuchMemoryIsKilled() {
    run("greedy", "php", "-d", "memory_limit=-1", "-r", "$a = str_repeat('x', 300 << 20);");

    await().atMost(PATIENCE).until(() -> phase("greedy").equals("Failed"));
    assertThat(terminated("greedy")).isEqualTo("OOMKilled 137");
  }

  @Test
  void commandsRunInAContainer() {
    run("sleeper", "sleep", "600");
    await().atMost(PATIENCE).until(() -> phase("sleeper").equals("Running"));

    assertThat(
            Command.output(
                cluster.kubectl().toString(),
                "--kubeconfig=" + cluster.kubeconfig(),
                "--namespace=" + namespace,
                "exec",
                "sleeper",
                "--",
                "cat",
                "/etc/hostname"))
        .isEqualTo("sleeper");
  }

  @Test
  void namesServicesAndTheApiServerAreReached() {
    service("web");
    run("web", "php", "-r", SERVER);
    await().atMost(PATIENCE).until(() -> phase("web").equals("Running"));
    int before = cluster.dns().map(DnsNames::count).orElse(0);

    run(
        "client",
        "php",
        "-r",
        "do { $s = @fsockopen('web', 80); if (!$s) usleep(200000); } while (!$s);"
            + " echo fgets($s), (int) is_resource(fsockopen('kubernetes.default', 443));");

    await().atMost(PATIENCE).until(() -> phase("client").equals("Succeeded"));
    assertThat(pod("client").getLog()).isEqualTo("hello\n1");
    cluster
        .dns()
        .ifPresent(
            dns ->
                assertThat(dns.since(before))
                    .extracting(DnsNames.Query::name)
                    .contains("web." + namespace + ".svc.cluster.local."));
  }

  @Test
  void aTestGivesNamesToItsServers() {
    DnsNames dns = cluster.dns().orElseThrow();
    dns.publish(Map.of("db-node", "192.0.2.7"));

    run(
        "resolver",
        "php",
        "-r",
        "do { usleep(200000); $a = gethostbyname('db-node.corp.example.'); } while ($a[0] == 'd');"
            + " echo $a;");

    await().atMost(PATIENCE).until(() -> phase("resolver").equals("Succeeded"));
    assertThat(pod("resolver").getLog()).isEqualTo("192.0.2.7");
  }

  private static final String SERVER =
      "$s = stream_socket_server('tcp://0.0.0.0:8000');"
          + " while (true) { $c = @stream_socket_accept($s); if ($c) { fwrite($c, \"hello\\n\"); } }";

  private void run(String name, String... command) {
    cluster
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("php")
                .withImage(cluster.image("php"))
                .withImagePullPolicy("IfNotPresent")
                .withCommand(List.of(command))
                .withNewResources()
                .addToLimits("memory", new Quantity("128Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private void service(String name) {
    cluster
        .client()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", name)
                .addNewPort()
                .withPort(80)
                .withNewTargetPort(8000)
                .endPort()
                .endSpec()
                .build())
        .create();
  }

  private PodResource pod(String name) {
    return cluster.client().pods().inNamespace(namespace).withName(name);
  }

  private String phase(String name) {
    return pod(name).get().getStatus().getPhase();
  }

  private String terminated(String name) {
    Pod ended = pod(name).get();
    var state = ended.getStatus().getContainerStatuses().getFirst().getState().getTerminated();
    return state.getReason() + " " + state.getExitCode();
  }
}
