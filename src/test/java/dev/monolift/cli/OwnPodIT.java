package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

/**
 * The operator finds its own image; where it cannot, it knows of none rather than of a wrong one.
 */
final class OwnPodIT {
  private static final String IMAGE = "mirror.example/monolift:2";

  private final TestCluster cluster = TestCluster.shared();
  private final String namespace = cluster.newNamespace("own-pod");

  private ConfigBuilder config() {
    return new ConfigBuilder(cluster.client().getConfiguration()).withNamespace(namespace);
  }

  /** A pod into which a service mesh has put its own container, before the operator's. */
  private void create(String name, String variable) {
    cluster
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("proxy")
                .withImage("mesh.example/proxy:1")
                .endContainer()
                .addNewContainer()
                .withName("anything")
                .withImage(IMAGE)
                .addNewEnv()
                .withName(variable)
                .withValue(name)
                .endEnv()
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  @Test
  void itIsTheContainerWithTheVariable() {
    create("operator", OwnPod.VARIABLE);

    assertThat(new OwnPod(config().build(), "operator").image()).isEqualTo(IMAGE);
  }

  @Test
  void noContainerHasTheVariable() {
    create("other", "MONOLIFT_OTHER");

    assertThat(new OwnPod(config().build(), "other").image()).isNull();
  }

  @Test
  void thereIsNoSuchPod() {
    assertThat(new OwnPod(config().build(), "nobody").image()).isNull();
  }

  @Test
  void whoMayNotReadItKnowsNone() {
    create("operator", OwnPod.VARIABLE);
    Config stranger = config().withImpersonateUsername("stranger").build();

    assertThat(new OwnPod(stranger, "operator").image()).isNull();
  }

  /** Without an answer the operator must not start: it would go on without its image. */
  @Test
  void anApiServerThatDoesNotAnswerIsAFailure() {
    Config nowhere = config().withMasterUrl("https://127.0.0.1:1").build();

    assertThatThrownBy(() -> new OwnPod(nowhere, "operator").image())
        .isInstanceOf(KubernetesClientException.class);
  }
}
