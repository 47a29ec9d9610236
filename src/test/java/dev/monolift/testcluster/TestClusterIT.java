package dev.monolift.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of test cluster must be able to do, because other tests rely on it. */
class TestClusterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TestCluster cluster = TestCluster.shared();
  private String namespace = "";

  @BeforeEach
  void ownNamespace() {
    namespace = cluster.newNamespace("testcluster");
  }

  @Test
  void podsOfADeploymentRun() {
    create(deployment("web", 2));

    await().atMost(PATIENCE).until(() -> available("web") == 2);
  }

  @Test
  void whatADeletedOwnerLeftIsCollected() {
    ConfigMap owner = create(configMap("owner"));
    create(
        configMap("child")
            .edit()
            .editMetadata()
            .addNewOwnerReference()
            .withApiVersion("v1")
            .withKind("ConfigMap")
            .withName("owner")
            .withUid(owner.getMetadata().getUid())
            .endOwnerReference()
            .endMetadata()
            .build());

    cluster.client().resource(owner).delete();

    var child = cluster.client().configMaps().inNamespace(namespace).withName("child");
    await().atMost(PATIENCE).until(() -> child.get() == null);
  }

  @Test
  void anAutoscalerRaisesToItsMinimum() {
    create(deployment("scaled", 1));
    cluster
        .client()
        .resource(
            new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withName("scaled")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNewScaleTargetRef("apps/v1", "Deployment", "scaled")
                .withMinReplicas(3)
                .withMaxReplicas(5)
                .endSpec()
                .build())
        .create();

    await().atMost(PATIENCE).until(() -> available("scaled") == 3);
  }

  @Test
  void theAuditLogTellsWhoDidWhat() throws IOException {
    create(configMap("witnessed"));

    var log = cluster.auditLog();
    assumeThat(log).as("the audit log of a cluster that is not ours").isPresent();
    assertThat(Files.readAllLines(log.orElseThrow()))
        .anyMatch(
            line ->
                line.contains("\"verb\":\"create\"")
                    && line.contains("\"namespace\":\"" + namespace + "\"")
                    && line.contains("\"name\":\"witnessed\""));
  }

  @Test
  void namespacesAreNeverShared() {
    assertThat(cluster.newNamespace("testcluster")).isNotEqualTo(namespace);
  }

  private int available(String name) {
    Deployment deployment =
        cluster.client().apps().deployments().inNamespace(namespace).withName(name).get();
    Integer replicas = deployment.getStatus().getAvailableReplicas();
    return replicas == null ? 0 : replicas;
  }

  private <T extends HasMetadata> T create(T object) {
    return cluster.client().resource(object).create();
  }

  private ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .build();
  }

  private Deployment deployment(String name, int replicas) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewSelector()
        .withMatchLabels(Map.of("app", name))
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("app", name))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("pause")
        .withImage("registry.k8s.io/pause:3.10")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
