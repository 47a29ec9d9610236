package dev.monolift.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.plan.GatePod;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of a pod, and which of its many changes matter. */
class PodsTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  /** A pod as a real kubelet's cluster has it, with 40 environment variables. */
  private static Pod full() {
    try (var file =
        Objects.requireNonNull(PodsTest.class.getResourceAsStream("PodsTest/pod.yaml"))) {
      return YAML.unmarshal(new String(file.readAllBytes(), StandardCharsets.UTF_8), Pod.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keepsTheGateAndTellsWhoComesToItAndWhoGoesThrough() {
    Pod waiting = gated();
    Pod through = Pods.trimmed(full());
    through.setStatus(null);
    through.getMetadata().setDeletionTimestamp(null);

    assertThat(GatePod.isGated(waiting)).isTrue();
    assertThat(Pods.isNews(null, waiting)).isTrue();
    assertThat(Pods.isNews(waiting, waiting)).isFalse();
    assertThat(Pods.isNews(waiting, through)).isTrue();
    assertThat(Pods.isNews(null, through)).isFalse();
  }

  private static Pod gated() {
    Pod pod = full();
    pod.setStatus(null);
    pod.getMetadata().setDeletionTimestamp(null);
    pod.getSpec().setSchedulingGates(List.of(new PodSchedulingGate(Labels.START_GATE)));
    return Pods.trimmed(pod);
  }

  @Test
  void keepsWhatAVerdictNeeds() {
    var pod = Pods.trimmed(full());

    var metadata = pod.getMetadata();
    assertThat(metadata.getUid()).isEqualTo(full().getMetadata().getUid());
    assertThat(metadata.getLabels()).isEqualTo(full().getMetadata().getLabels());
    assertThat(metadata.getAnnotations())
        .containsOnlyKeys("kubectl.kubernetes.io/restartedAt", "monolift.dev/revision");
    assertThat(metadata.getFinalizers()).containsExactly("monolift.dev/drain-verdict");
    assertThat(metadata.getOwnerReferences())
        .singleElement()
        .extracting("kind")
        .isEqualTo("ReplicaSet");
    assertThat(metadata.getDeletionTimestamp()).isEqualTo("2026-03-04T05:06:37Z");
    assertThat(metadata.getDeletionGracePeriodSeconds()).isEqualTo(30);
    assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(30);
    assertThat(pod.getSpec().getNodeName()).isEqualTo("node-7");
    assertThat(pod.getSpec().getContainers()).extracting("name").containsExactly("php", "proxy");
    assertThat(pod.getStatus().getPhase()).isEqualTo("Failed");
    assertThat(pod.getStatus().getReason()).isEqualTo("Evicted");
    assertThat(pod.getStatus().getConditions())
        .extracting("type")
        .containsExactlyInAnyOrder("DisruptionTarget", "PodScheduled", "Ready");
    var ended = pod.getStatus().getContainerStatuses().getFirst().getState().getTerminated();
    assertThat(ended.getExitCode()).isEqualTo(143);
    assertThat(ended.getMessage()).startsWith("{\"monolift\":1");
  }

  @Test
  void keepsLittle() {
    int before = YAML.asJson(full()).length();
    int after = YAML.asJson(Pods.trimmed(full())).length();

    assertThat(after).as("of %d characters", before).isLessThan(before / 3);
    assertThat(YAML.asJson(Pods.trimmed(full()))).doesNotContain("SECRET_", "managedFields");
  }

  @Test
  void trimmingTwiceChangesNothing() {
    var once = Pods.trimmed(full());
    String json = YAML.asJson(once);

    assertThat(YAML.asJson(Pods.trimmed(once))).isEqualTo(json);
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing             | pending             | false
          nothing             | running             | true
          pending             | scheduled           | false
          scheduled           | running             | true
          running             | running, ready      | false
          running, ready      | running             | false
          running             | deleting            | true
          running             | disrupted           | true
          disrupted           | disrupted, deleting | true
          deleting            | terminated          | true
          running             | terminated          | true
          terminated          | waiting again       | false
          waiting again       | running again       | false
          running again       | terminated          | true
          terminated          | failed              | true
          failed              | failed              | false
          """)
  void onlyStepsTowardsTheEndAreNews(String before, String after, boolean news) {
    assertThat(Pods.isNews(before.equals("nothing") ? null : pod(before), pod(after)))
        .isEqualTo(news);
  }

  private static Pod pod(String words) {
    boolean deleting = words.contains("deleting") || words.equals("terminated");
    String state =
        switch (words) {
          case "pending", "scheduled" -> "{waiting: {reason: ContainerCreating}}";
          case "waiting again" -> "{waiting: {reason: CrashLoopBackOff}}";
          case "terminated", "failed" -> "{terminated: {exitCode: 1}}";
          default -> "{running: {startedAt: 2026-03-04T05:06:07Z}}";
        };
    return YAML.unmarshal(
        """
        metadata: {name: a, %s}
        status:
          phase: %s
          conditions:
          - {type: Ready, status: "%s"}
          - {type: PodScheduled, status: "%s"}
          - {type: DisruptionTarget, status: "%s"}
          containerStatuses:
          - {name: php, state: %s, lastState: {%s}}
        """
            .formatted(
                words.equals("failed") || deleting ? "deletionTimestamp: 2026-03-04T05:06:07Z" : "",
                words.equals("failed") ? "Failed" : "Running",
                words.contains("ready") ? "True" : "False",
                words.equals("pending") ? "False" : "True",
                words.contains("disrupted") ? "True" : "False",
                state,
                words.endsWith("again") ? "terminated: {exitCode: 1}" : ""),
        Pod.class);
  }
}
