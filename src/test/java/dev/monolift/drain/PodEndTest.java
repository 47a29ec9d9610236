package dev.monolift.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is read from pods, in the shapes that the kubelet and the API server leave them in. */
class PodEndTest {
  private static final Instant ASKED = Instant.parse("2026-03-01T10:00:00Z");
  private static final WorkerPod RUNNING = WorkerPod.running("shop-1");

  @Test
  void theRequestIsTheSameBeforeAndAfterTheKubeletConfirmsTheEnd() {
    assertThat(read(RUNNING.deleted(ASKED, 30)).departure().requested()).isEqualTo(ASKED);
    assertThat(read(RUNNING.deleted(ASKED, 0)).departure().requested()).isEqualTo(ASKED);
    assertThat(read(RUNNING.deleted(ASKED, 0)).departure().grace()).isEqualTo(30);
    assertThat(read(RUNNING.deleted(ASKED, 5)).departure().grace()).isEqualTo(5);
  }

  /** A real API server does so, to the second in which the kubelet asks. */
  @Test
  void theConfirmationMovesTheTimeOfTheDeletionButNotThatOfTheRequest() {
    String report =
        "{\"monolift\":1,\"role\":\"Wrap\",\"state\":\"Ended\",\"received\":\"TERM\",\"sent\":\"TERM\","
            + "\"targets\":[\"php\"],\"targetCount\":1,\"seconds\":3,\"exit\":0,\"restarts\":0}";
    var ended = RUNNING.ended("Completed", 0, ASKED.plusSeconds(3), report);
    var confirmed = read(ended.deleted(ASKED.plusSeconds(4), 0));

    assertThat(confirmed.departure().requested()).isBeforeOrEqualTo(ASKED);
    assertThat(confirmed.seconds()).isEqualTo(3);
    assertThat(DrainJudge.judge(confirmed).reason()).isEqualTo(EndReason.Completed);
  }

  @Test
  void withoutAReportOfTheEndTheTimeOfTheRequestIsNotKnownAfterTheConfirmation() {
    var ended = RUNNING.ended("Error", 137, ASKED.plusSeconds(30), null);
    var confirmed = read(ended.deleted(ASKED.plusSeconds(31), 0));

    assertThat(confirmed.seconds()).isNull();
    assertThat(confirmed.endedBeforeTheRequest()).isFalse();
    assertThat(DrainJudge.judge(confirmed).reason()).isEqualTo(EndReason.GraceOver);
  }

  @Test
  void whatCrashedLongBeforeTheConfirmationWasNotAskedToEnd() {
    var crashed = RUNNING.ended("Error", 1, ASKED.minusSeconds(240), null);
    var slow = RUNNING.ended("Completed", 0, ASKED.minusSeconds(80), null);

    assertThat(read(crashed.deleted(ASKED, 0)).endedBeforeTheRequest()).isTrue();
    assertThat(read(slow.deleted(ASKED, 0)).endedBeforeTheRequest()).isFalse();
  }

  @Test
  void aShorterGraceIsTheOneThatCounts() {
    var killed = RUNNING.deleted(ASKED, 5).ended("Error", 137, ASKED.plusSeconds(5), null);

    assertThat(DrainJudge.judge(read(killed)).reason()).isEqualTo(EndReason.GraceOver);
    assertThat(DrainJudge.judge(read(killed)).message()).contains("grace period of 5 s");
  }

  @Test
  void aRestartIsNoEnd() {
    var crashed = RUNNING.ended("Error", 1, ASKED, null);

    assertThat(read(crashed).isSettled()).isFalse();
    assertThat(read(crashed.deleted(ASKED.plusSeconds(9), 30)).isSettled()).isTrue();
  }

  @Test
  void betweenTwoRunsTheLastOneCountsOnceThePodIsOver() {
    var backingOff = RUNNING.backingOff("Error", 255, ASKED.minusSeconds(9)).deleted(ASKED, 30);

    assertThat(read(backingOff).isSettled()).isFalse();
    var over = read(backingOff.phase("Failed", null));
    assertThat(over.isSettled()).isTrue();
    assertThat(DrainJudge.judge(over).verdict()).isEqualTo(Verdict.Crashed);
    assertThat(DrainJudge.judge(over).message()).contains("before the pod was asked to end");
    assertThat(over.seconds()).isNull();
  }

  @Test
  void aPodWithoutANodeWaitsForNobody() {
    var pending = WorkerPod.pending("shop-1").deleted(ASKED, 0);

    assertThat(read(pending).isSettled()).isFalse();
    assertThat(read(pending.unscheduled()).isSettled()).isTrue();
    assertThat(DrainJudge.judge(read(pending.unscheduled())).verdict())
        .isEqualTo(Verdict.NeverStarted);
  }

  @Test
  void aContainerThatWasNeverMadeHasNotRunWhateverTheKubeletMakesUp() {
    Pod lost =
        new PodBuilder(RUNNING.phase("Failed", null).pod())
            .editStatus()
            .editFirstContainerStatus()
            .withContainerID(null)
            .withNewState()
            .withNewTerminated()
            .withReason("ContainerStatusUnknown")
            .withExitCode(137)
            .endTerminated()
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();

    assertThat(PodEnd.of(lost, WorkerPod.CONTAINER).hasRun()).isFalse();
    var made =
        new PodBuilder(lost)
            .editStatus()
            .editFirstContainerStatus()
            .withContainerID("containerd://1")
            .endContainerStatus()
            .endStatus()
            .build();
    assertThat(DrainJudge.judge(PodEnd.of(made, WorkerPod.CONTAINER)).verdict())
        .isEqualTo(Verdict.Unknown);
  }

  @Test
  void aContainerThatCouldNotBeStartedSaysWhy() {
    var pod =
        WorkerPod.pending("shop-1")
            .deleted(ASKED, 30)
            .ended("StartError", 128, ASKED, "exec: \"/app/run\": not found");

    var judgement = DrainJudge.judge(read(pod));
    assertThat(judgement.verdict()).isEqualTo(Verdict.NeverStarted);
    assertThat(judgement.message()).contains("exec: \"/app/run\": not found");
    assertThat(read(pod).hasRun()).isFalse();
  }

  @Test
  void aSidecarThatEndedFirstIsNamed() {
    var pod =
        RUNNING
            .deleted(ASKED, 30)
            .ended("Error", 1, ASKED.plusSeconds(4), null)
            .sidecar("proxysql", "OOMKilled", 137, ASKED.plusSeconds(1));

    assertThat(DrainJudge.judge(read(pod)).message())
        .contains("container proxysql (OOMKilled, exit code 137) had ended before it");
  }

  @Test
  void whatTheDrainProgramSaysIsPassedOn() {
    var pod =
        RUNNING
            .deleted(ASKED, 30)
            .ended(
                "Error",
                137,
                ASKED.plusSeconds(30),
                "{\"monolift\":1,\"role\":\"Hook\",\"state\":\"Signalled\",\"finding\":\"StartedAgain\","
                    + "\"detail\":\"process 1 starts programs again\",\"busy\":true}");

    assertThat(DrainJudge.judge(read(pod)).message())
        .contains("process 1 starts programs again.")
        .doesNotContain("busy file");
  }

  @Test
  void aPodFromBeforeTheContainerGotItsNameHasItsProgramInTheFirst() {
    Pod pod =
        new PodBuilder(RUNNING.deleted(ASKED, 30).ended("Completed", 0, ASKED, null).pod())
            .editSpec()
            .addNewContainer()
            .withName(WorkerPod.CONTAINER)
            .endContainer()
            .addNewContainer()
            .withName("proxy")
            .endContainer()
            .endSpec()
            .build();

    assertThat(DrainJudge.judge(PodEnd.of(pod, "worker")).verdict()).isEqualTo(Verdict.Clean);
    assertThat(DrainJudge.judge(PodEnd.of(pod, "proxy")).verdict()).isEqualTo(Verdict.NeverStarted);
  }

  @Test
  void anEmptyPodIsRead() {
    Pod bare = new PodBuilder().withNewMetadata().withName("bare").endMetadata().build();

    assertThat(PodEnd.of(bare, "php").isSettled()).isFalse();
    assertThat(DrainJudge.judge(PodEnd.of(bare, "php")).verdict()).isEqualTo(Verdict.NeverStarted);
  }

  private static PodEnd read(WorkerPod pod) {
    return PodEnd.of(pod.pod(), WorkerPod.CONTAINER);
  }
}
