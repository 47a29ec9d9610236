package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.plan.Labels;
import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the real operator says of pods that end on a real control plane. */
class DrainsIT {
  private final Stage stage = Stage.set();
  private final Workers workers = stage.workers;

  @Test
  void everyCauseGetsAVerdictOnce() {
    stage.apply(worker(3, "1", ""));
    try (var _ = OperatorProcess.start(stage.kubeconfig, 0, stage.namespace)) {
      waitForPods(3);
      workers.patch("job", "{\"spec\":{\"replicas\":2}}");
      waitFor("a scale-in", () -> causes().equals(List.of("ScaleIn")));
      waitForPods(2);
      stage.kubectl("delete", "pod", pods().getFirst().getMetadata().getName());
      waitFor("a deletion", () -> causes().equals(List.of("Delete", "ScaleIn")));
      waitForPods(2);
      stage.apply(worker(2, "2", ""));
      waitFor(
          "a rollout", () -> causes().equals(List.of("Rollout", "Rollout", "Delete", "ScaleIn")));
      waitForPods(2);
      stage.kubectl("rollout", "restart", "deployment/job");
      waitFor("a restart", () -> causes().subList(0, 2).equals(List.of("Restart", "Restart")));
      waitForPods(2);
      evict(pods().getFirst());
      waitFor("an eviction", () -> causes().getFirst().equals("Eviction"));
      waitForPods(2);
      stage.settle();

      assertThat(drains("totals")).isEqualTo(Map.of("clean", 7));
      assertThat(workers.condition("job", "DrainsClean"))
          .containsEntry("status", "True")
          .containsEntry("message", "No job was cut when the last 7 pods ended.");
      assertThat(workers.operatorEvents("job"::equals))
          .filteredOn(reason -> reason.startsWith("Drain"))
          .hasSize(7)
          .containsOnly("DrainClean");
    }
    Proof.fact(
        Proof.Chapter.DRAIN,
        "Scale-in, deletion, rollout, restart and eviction are told apart, and every pod is counted once.",
        "7 pods on a real control plane: 7 verdicts, 7 events");
  }

  @Test
  void anEndByForceOfTimeIsSaidWithItsReason() {
    stage.apply(worker(1, "1", "").replace("metadata: {}", BY_HAND));
    try (var _ = OperatorProcess.start(stage.kubeconfig, 0, stage.namespace)) {
      waitForPods(1);
      Pod pod = pods().getFirst();
      stage.kubectl("delete", "pod", pod.getMetadata().getName(), "--wait=false");
      end(
          pod,
          137,
          "{\"monolift\":1,\"role\":\"Wrap\",\"state\":\"Signalled\",\"received\":\"TERM\",\"sent\":\"TERM\",\"targets\":[\"php\"],\"targetCount\":1,\"seconds\":1,\"restarts\":4,\"finding\":\"HandlerNotRun\",\"detail\":\"php still ran 1 s after the request\"}");
      waitFor("the verdict", () -> Map.of("killed", 1).equals(drains("totals")));
      assertThat(workers.condition("job", "DrainsClean"))
          .containsEntry("status", "False")
          .containsEntry("reason", "HandlerNotRun");
      assertThat(String.valueOf(workers.condition("job", "DrainsClean").get("message")))
          .contains(pod.getMetadata().getName(), "pcntl_async_signals(true)");
      assertThat(drains("inPlaceRestarts")).isEqualTo(4);
      assertThat(workers.operatorEvents("job"::equals)).contains("DrainKilled");
      assertThat(stage.kubectl("get", "monolithworker", "job")).contains("HandlerNotRun");
      gone(pod);
    }
  }

  @Test
  void whatEndsWhileNobodyLooksIsUnknown() {
    stage.apply(worker(1, "1", ""));
    runUntilKnown();
    Pod pod = pods().getFirst();
    stage.kubectl("delete", "pod", pod.getMetadata().getName());
    waitFor("another pod", () -> pods().size() == 1 && !isSame(pods().getFirst(), pod));
    try (var _ = OperatorProcess.start(stage.kubeconfig, 0, stage.namespace)) {
      waitFor("the verdict", () -> Map.of("unknown", 1).equals(drains("totals")));
      assertThat(workers.condition("job", "DrainsClean")).containsEntry("reason", "NotSeen");
      stage.settle();
      assertThat(drains("totals")).isEqualTo(Map.of("unknown", 1));
    }
  }

  @Test
  void aHeldPodIsJudgedLater() {
    stage.apply(worker(1, "1", "drain: {holdPods: true}"));
    runUntilKnown();
    Pod pod = pods().getFirst();
    assertThat(pod.getMetadata().getFinalizers()).containsExactly(Labels.DRAIN_VERDICT);
    stage.kubectl("delete", "pod", pod.getMetadata().getName(), "--wait=false");
    waitFor(
        "the end of its container",
        () ->
            pods().stream()
                .anyMatch(p -> isSame(p, pod) && "Succeeded".equals(p.getStatus().getPhase())));
    try (var _ = OperatorProcess.start(stage.kubeconfig, 0, stage.namespace)) {
      waitFor("the verdict", () -> Map.of("clean", 1).equals(drains("totals")));
      waitFor("the pod is gone", () -> pods().stream().noneMatch(p -> isSame(p, pod)));
    }
  }

  @Test
  void aHoldThatLastsTooLongEnds() {
    stage.apply(worker(1, "1", "drain: {holdPods: true}").replace("metadata: {}", BY_HAND));
    runUntilKnown();
    Pod pod = pods().getFirst();
    stage.kubectl("delete", "pod", pod.getMetadata().getName(), "--wait=false");
    try (var _ = OperatorProcess.start(stage.kubeconfig, 0, stage.namespace)) {
      // nobody ever reports its end: a node that is stuck
      waitFor(
          "no finalizer",
          () ->
              pods().stream()
                  .filter(p -> isSame(p, pod))
                  .allMatch(p -> p.getMetadata().getFinalizers().isEmpty()));
      waitFor("the verdict", () -> drains("totals") != null);
      assertThat(drains("totals")).isEqualTo(Map.of("unknown", 1));
      gone(pod);
    }
  }

  private static final String BY_HAND =
      "metadata: {annotations: {monolift.test/ended-by-hand: 'true'}}";

  private static String worker(int replicas, String version, String more) {
    return """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: job}
        spec:
          replicas: %d
          %s
          template:
            metadata: {}
            spec:
              terminationGracePeriodSeconds: 2
              containers: [{name: php, image: "php:%s", command: [php, worker.php]}]
        """
        .formatted(replicas, more, version);
  }

  private void runUntilKnown() {
    try (var _ = OperatorProcess.start(stage.kubeconfig, 0, stage.namespace)) {
      waitForPods(1);
    }
  }

  /** Until the pods run and the operator has them in its books. */
  private void waitForPods(int count) {
    waitFor(
        count + " pods",
        () ->
            workers.isReady("job")
                && pods().size() == count
                && drains("pods") instanceof List<?> names
                && names.equals(pods().stream().map(p -> p.getMetadata().getName()).toList()));
    waitForTheNextSecond();
  }

  /**
   * Timestamps are in seconds: what is done in the second of a pod's birth looks as if before it.
   */
  private void waitForTheNextSecond() {
    waitFor(
        "the next second",
        () ->
            pods().stream()
                .map(p -> Instant.parse(p.getMetadata().getCreationTimestamp()))
                .allMatch(born -> Instant.now().isAfter(born.plusSeconds(2))));
  }

  private List<Pod> pods() {
    return stage
        .cluster
        .client()
        .pods()
        .inNamespace(stage.namespace)
        .withLabel(Labels.WORKER, "job")
        .list()
        .getItems();
  }

  private static boolean isSame(Pod a, Pod b) {
    return a.getMetadata().getUid().equals(b.getMetadata().getUid());
  }

  private Object drains(String field) {
    return workers.status("job", "drains") instanceof Map<?, ?> drains
        ? Objects.requireNonNullElse(drains.get(field), "none")
        : "none";
  }

  /** Causes of the last ends, newest first. */
  private List<String> causes() {
    return drains("last") instanceof List<?> last
        ? last.stream().map(end -> String.valueOf(((Map<?, ?>) end).get("cause"))).toList()
        : List.of();
  }

  private void evict(Pod pod) {
    stage
        .cluster
        .client()
        .pods()
        .inNamespace(stage.namespace)
        .withName(pod.getMetadata().getName())
        .evict();
  }

  private void end(Pod pod, int exitCode, String message) {
    var ended =
        new ContainerStatusBuilder(pod.getStatus().getContainerStatuses().getFirst())
            .withReady(false)
            .withNewState()
            .withNewTerminated()
            .withExitCode(exitCode)
            .withReason("Error")
            .withMessage(message)
            .withFinishedAt(Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS).toString())
            .endTerminated()
            .endState()
            .build();
    stage
        .cluster
        .client()
        .pods()
        .inNamespace(stage.namespace)
        .withName(pod.getMetadata().getName())
        .editStatus(
            p ->
                new PodBuilder(p)
                    .editStatus()
                    .withPhase("Failed")
                    .withContainerStatuses(ended)
                    .endStatus()
                    .build());
  }

  /** What kubelet does last. */
  private void gone(Pod pod) {
    stage.cluster.client().resource(pod).withGracePeriod(0).delete();
  }
}
