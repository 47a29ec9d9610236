package dev.monolift.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainStatus.Cause;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainCausesTest {
  private static final Instant ASKED = Instant.parse("2026-03-01T10:00:00Z");
  private static final Deployment SHOP =
      new DeploymentBuilder().withNewMetadata().withName("shop").endMetadata().build();

  private static final List<ReplicaSet> ONE = List.of(replicaSet("old", "1", "shop:1", null));

  @ParameterizedTest
  @CsvSource({
    "EvictionByEvictionAPI, Eviction",
    "PreemptionByScheduler, Eviction",
    "DeletionByTaintManager, Node",
    "DeletionByDeviceTaintManager, Node",
    "DeletionByPodGC, Node",
    "TerminationByKubelet, Node",
    "SomethingNew, ScaleIn"
  })
  void theDisruptionTellsFirst(String disruption, Cause cause) {
    var pod = WorkerPod.running("a").run().deleted(ASKED, 30).disrupted(disruption);
    assertThat(cause(ONE, relabelled(pod, "old"), List.of())).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "Evicted, Node",
    "Preempting, Eviction",
    "Terminated, Node",
    "NodeLost, Node",
    "OutOfcpu, Node"
  })
  void thenWhatTheKubeletSays(String reason, Cause cause) {
    var pod = WorkerPod.running("a").phase("Failed", reason);
    assertThat(cause(ONE, relabelled(pod, "old"), List.of())).isEqualTo(cause);
  }

  @Test
  void aPodOfTheNewestReplicaSetIsReplacedAtOnceOrNoLongerWanted() {
    var ended = relabelled(WorkerPod.running("a").deleted(ASKED, 30), "old");

    assertThat(cause(ONE, ended, List.of(created("old", -1)))).isEqualTo(Cause.ScaleIn);
    assertThat(cause(ONE, ended, List.of(created("old", 0)))).isEqualTo(Cause.Delete);
    assertThat(cause(ONE, ended, List.of(created("old", 5)))).isEqualTo(Cause.Delete);
    assertThat(cause(ONE, ended, List.of(created("new", 5)))).isEqualTo(Cause.ScaleIn);
    // scaled out again while it drains
    assertThat(cause(ONE, ended, List.of(created("old", 61)))).isEqualTo(Cause.ScaleIn);
    assertThat(cause(ONE, ended, List.of(created("old", 61), created("old", 60))))
        .isEqualTo(Cause.Delete);
  }

  @Test
  void aPodIsNoReplacementOfItself() {
    var ended = WorkerPod.pending("a", "old", ASKED).deleted(ASKED, 30).pod();
    assertThat(cause(ONE, ended, List.of(ended))).isEqualTo(Cause.ScaleIn);
    assertThat(cause(ONE, ended, List.of(ended, created("old", 0))))
        .as("it came together with that one")
        .isEqualTo(Cause.ScaleIn);
    assertThat(cause(ONE, ended, List.of(ended, created("old", 1)))).isEqualTo(Cause.Delete);
    assertThat(cause(ONE, ended, List.of(ended, created("old", 61)))).isEqualTo(Cause.ScaleIn);

    // asked for at an unknown time, that is, at the earliest one that is possible
    var confirmed =
        WorkerPod.pending("a", "old", ASKED.minusSeconds(3))
            .ended("Completed", 0, ASKED.plusSeconds(20), null)
            .deleted(ASKED.plusSeconds(21), 0)
            .pod();
    assertThat(cause(ONE, confirmed, List.of(confirmed))).isEqualTo(Cause.ScaleIn);
  }

  @Test
  void theReplacementIsOlderThanTheConfirmationOfTheEnd() {
    var pod = WorkerPod.running("a").ended("Completed", 0, ASKED.plusSeconds(20), null);
    var confirmed = relabelled(pod.deleted(ASKED.plusSeconds(21), 0), "old");

    assertThat(cause(ONE, confirmed, List.of(created("old", 0)))).isEqualTo(Cause.Delete);
    assertThat(cause(ONE, confirmed, List.of(created("old", -11)))).isEqualTo(Cause.ScaleIn);
    String report =
        "{\"monolift\":1,\"role\":\"Wrap\",\"state\":\"Ended\",\"targetCount\":1,\"seconds\":18,\"restarts\":0}";
    var told = WorkerPod.running("a").ended("Completed", 0, ASKED.plusSeconds(20), report);
    var late = relabelled(told.deleted(ASKED.plusSeconds(21), 0), "old");
    assertThat(cause(ONE, late, List.of(created("old", 0)))).isEqualTo(Cause.Delete);
    assertThat(cause(ONE, late, List.of(created("old", -5)))).isEqualTo(Cause.ScaleIn);
  }

  @Test
  void aPodOfAnOlderReplicaSetWentByARolloutOrARestart() {
    var ended = relabelled(WorkerPod.running("a").deleted(ASKED, 30), "old");
    var before = replicaSet("old", "9", "shop:1", "2026-02-28");

    assertThat(cause(List.of(before, replicaSet("new", "10", "shop:2", null)), ended, List.of()))
        .isEqualTo(Cause.Rollout);
    assertThat(
            cause(
                List.of(before, replicaSet("new", "10", "shop:1", "2026-03-01")), ended, List.of()))
        .isEqualTo(Cause.Restart);
    assertThat(
            cause(
                List.of(before, replicaSet("new", "10", "shop:2", "2026-03-01")), ended, List.of()))
        .isEqualTo(Cause.Rollout);
    assertThat(cause(List.of(replicaSet("new", "10", "shop:1", null)), ended, List.of()))
        .as("its ReplicaSet is cleared away")
        .isEqualTo(Cause.Rollout);
  }

  @Test
  void aFirstRestartAddsTheAnnotation() {
    var ended = relabelled(WorkerPod.running("a").deleted(ASKED, 30), "old");
    assertThat(
            cause(
                List.of(
                    replicaSet("old", "1", "shop:1", null),
                    replicaSet("new", "2", "shop:1", "2026-03-01")),
                ended,
                List.of()))
        .isEqualTo(Cause.Restart);
  }

  @Test
  void revisionsAreNumbers() {
    var ended = relabelled(WorkerPod.running("a").deleted(ASKED, 30), "new");
    var sets =
        List.of(replicaSet("new", "10", "shop:2", null), replicaSet("old", "9", "shop:1", null));
    assertThat(cause(sets, ended, List.of())).isEqualTo(Cause.ScaleIn);
  }

  @Test
  void withoutADeploymentThePodsAreDeleted() {
    var ended = relabelled(WorkerPod.running("a").deleted(ASKED, 30), "old");
    assertThat(new DrainCauses(null, ONE, List.of()).of(ended)).isEqualTo(Cause.Delete);
    assertThat(cause(List.of(), ended, List.of())).isEqualTo(Cause.Unknown);
  }

  private static Cause cause(List<ReplicaSet> sets, Pod pod, List<Pod> pods) {
    return new DrainCauses(SHOP, sets, pods).of(pod);
  }

  private static Pod created(String hash, long secondsAfter) {
    return WorkerPod.pending("b" + secondsAfter, hash, ASKED.plusSeconds(secondsAfter)).pod();
  }

  private static Pod relabelled(WorkerPod pod, String hash) {
    return pod.pod()
        .edit()
        .editMetadata()
        .addToLabels(DrainCauses.HASH, hash)
        .endMetadata()
        .build();
  }

  private static ReplicaSet replicaSet(
      String hash, String revision, String image, @org.jspecify.annotations.Nullable String at) {
    var builder =
        new ReplicaSetBuilder()
            .withNewMetadata()
            .withName("shop-" + hash)
            .addToLabels(DrainCauses.HASH, hash)
            .addToAnnotations(DrainCauses.REVISION, revision)
            .endMetadata()
            .withNewSpec()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "shop")
            .addToLabels(DrainCauses.HASH, hash)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("php")
            .withImage(image)
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec();
    if (at != null) {
      builder
          .editSpec()
          .editTemplate()
          .editMetadata()
          .addToAnnotations(DrainCauses.RESTARTED_AT, at)
          .endMetadata()
          .endTemplate()
          .endSpec();
    }
    return builder.build();
  }
}
