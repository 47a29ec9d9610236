package dev.monolift.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.plan.Labels;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator wrote is read back before the watch shows it, and then no longer kept. */
class WrittenChildrenIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KubernetesClient client = TestCluster.shared().client();
  private final String namespace = TestCluster.shared().newNamespace("written");
  private final ChildInformers children =
      new ChildInformers(client, List.of(Pod.class), Set.of(namespace), () -> true);

  @BeforeEach
  void start() {
    children.start();
  }

  @AfterEach
  void stop() {
    children.close();
  }

  @Test
  void whatWasWrittenIsRememberedOnlyUntilTheWatchShowsIt() {
    create();
    await().atMost(PATIENCE).until(() -> there().size() == 1);

    children.wrote(Pods.trimmed(pod().get()));
    assertThat(remembered()).as("the watch was faster").isZero();

    for (int i = 0; i < 20; i++) {
      String value = String.valueOf(i);
      children.wrote(pod().edit(p -> labelled(p, value)));
      assertThat(there().getFirst().getMetadata().getLabels())
          .as("a pass reads what was written")
          .containsEntry("i", value);
    }
    await().atMost(PATIENCE).until(() -> remembered() == 0);
  }

  private int remembered() {
    return children.cache(Pod.class).remembered();
  }

  private List<Pod> there() {
    return children.cached(Pod.class, namespace, Labels.WORKER, "mail");
  }

  private PodResource pod() {
    return client.pods().inNamespace(namespace).withName("a");
  }

  private static Pod labelled(Pod pod, String value) {
    return new PodBuilder(pod).editMetadata().addToLabels("i", value).endMetadata().build();
  }

  /** A pod with a scheduling gate: nobody but the test changes it. */
  private void create() {
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("a")
                .addToLabels(Labels.WORKER, "mail")
                .endMetadata()
                .withNewSpec()
                .addNewSchedulingGate("example.test/stay")
                .addNewContainer()
                .withName("php")
                .withImage("example.test/php:1")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }
}
