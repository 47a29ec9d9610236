package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.plan.AdmittedPods;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bound on consumers when somebody meddles with what it rests on. */
class ConsumersTroubleIT {
  private static final String FOREIGN =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: foreign, labels: {monolift.dev/worker: job}}
      spec: {terminationGracePeriodSeconds: 1, containers: [{name: php, image: "php:1"}]}
      """;

  private final ConsumerStage queue = new ConsumerStage();

  @AfterEach
  void stop() {
    queue.close();
  }

  @Test
  void whatSomebodyStartsPastTheGateIsCounted() {
    queue.stage.apply(ConsumerStage.worker(1, 1, "1", ConsumerStage.BY_HAND));
    try (var _ = queue.operator()) {
      queue.waitForRunning(1);
      Pod first = queue.running();
      queue.stage.kubectl("delete", "pod", first.getMetadata().getName(), "--wait=false");
      waitFor("a pod waits", () -> queue.live.waiting() == 1);
      Pod second = queue.waiting();
      queue.stage.kubectl(
          "patch",
          "pod",
          second.getMetadata().getName(),
          "--type=json",
          "-p",
          "[{\"op\":\"remove\",\"path\":\"/spec/schedulingGates\"}]");
      waitFor("said", () -> queue.bounded("reason").equals("AboveMax"));
      assertThat(queue.workers.operatorEvents("job"::equals)).contains("ConsumersAboveMax");
      queue.stage.kubectl("delete", "pod", second.getMetadata().getName(), "--wait=false");
      waitFor("a third waits", () -> queue.live.waiting() == 1);
      queue.gone(first);
      waitFor("counted", () -> queue.bounded("message").contains("1 of at most 1 consumer runs"));
      assertThat(queue.live.waiting()).isEqualTo(1);

      queue.stage.apply(FOREIGN);
      waitFor("the foreign pod", () -> queue.live.alive() == 2);
      queue.gone(second);
      waitFor(
          "it has the place",
          () -> queue.live.alive() == 1 && queue.bounded("reason").equals("PodsWait"));
      assertThat(queue.live.waiting()).isEqualTo(1);
      queue.stage.kubectl("delete", "pod", "foreign");
      queue.waitForRunning(1);
    }
  }

  @Test
  void aLeaseThatIsDestroyedIsRebuiltAndAForeignOneIsLeftAlone() {
    queue.stage.apply(ConsumerStage.worker(2, 2, "1", ConsumerStage.BY_HAND));
    try (var _ = queue.operator()) {
      queue.waitForRunning(2);
      assertThat(AdmittedPods.read(queue.record()))
          .containsExactlyInAnyOrderElementsOf(
              queue.pods().stream().map(p -> p.getMetadata().getUid()).toList());
      assertThat(queue.lease().get().getMetadata().getOwnerReferences())
          .singleElement()
          .extracting("kind")
          .isEqualTo("MonolithWorker");
      queue.stage.kubectl("delete", "lease", "job-start");
      queue.replaceOne();
      assertThat(AdmittedPods.read(queue.record())).hasSize(1);

      queue.annotate("}{ not, a record");
      queue.replaceOne();
      assertThat(queue.record()).doesNotContain("not");

      queue.stage.kubectl("label", "lease", "job-start", Labels.MANAGED_BY + "-");
      Pod old = queue.running();
      queue.stage.kubectl("delete", "pod", old.getMetadata().getName(), "--wait=false");
      queue.gone(old);
      waitFor("said", () -> "LeaseNotOurs".equals(queue.workers.ready("job").get("reason")));
      assertThat(queue.live.alive()).isEqualTo(1);
      assertThat(queue.workers.message("job")).contains("No pod is started. Delete the Lease");
      queue.stage.kubectl("delete", "lease", "job-start");
      queue.stage.annotate("job", "touched", "1");
      queue.waitForRunning(2);
      assertThat(queue.live.most()).isEqualTo(2);
    }
  }
}
