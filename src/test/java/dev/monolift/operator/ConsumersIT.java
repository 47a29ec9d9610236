package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.plan.Labels;
import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code spec.consumers.max} promises, on a real control plane with the shipped rights. */
class ConsumersIT {
  private static final int OPENINGS = 25;

  private final ConsumerStage queue = new ConsumerStage();

  @AfterEach
  void stop() {
    queue.close();
  }

  @Test
  void nothingThatPeopleAndMachinesDoStartsOneTooMany() {
    queue.stage.apply(ConsumerStage.worker(3, 3, "1", ""));
    try (var _ = queue.operator()) {
      queue.waitForRunning(3);
      queue.stage.kubectl("scale", "monolithworker/job", "--replicas=6");
      waitFor("the clamp is said", () -> queue.bounded("message").contains("spec.replicas is 6"));
      queue.scale(2);
      queue.waitForRunning(2);
      queue.scale(3);
      queue.waitForRunning(3);
      queue.stage.apply(ConsumerStage.worker(3, 3, "2", ""));
      queue.stage.apply(ConsumerStage.worker(3, 3, "3", ""));
      queue.waitForRunning(3);
      queue.stage.kubectl("rollout", "restart", "deployment/job");
      waitFor("it rolls", () -> !queue.workers.isReady("job"));
      queue.stage.kubectl("delete", "pods", "-l", Labels.WORKER + "=job", "--wait=false");
      queue.waitForRunning(3);
      queue.evict(queue.pods().getFirst());
      waitFor("one less", () -> queue.live.alive() < 3);
      queue.waitForRunning(3);

      assertThat(queue.live.most()).isEqualTo(3);
      assertThat(queue.workers.image("job")).isEqualTo("php:3");
      assertThat(queue.workers.deployment("job").getSpec().getReplicas()).isEqualTo(3);
    }
    Proof.fact(
        Proof.Chapter.WORKER,
        "kubectl scale, /scale, two rollouts at once, a restart, kubectl delete pod and an eviction never start one consumer more than consumers.max.",
        "3 of at most 3 at any moment, by a watch on a real control plane");
  }

  @Test
  void aPodWaitsForTheEndOfAnotherAndIsStartedAtOnceThen() {
    queue.stage.apply(ConsumerStage.worker(1, 1, "1", ConsumerStage.BY_HAND));
    try (var _ = queue.operator()) {
      queue.waitForRunning(1);
      for (int i = 0; i < OPENINGS; i++) {
        Pod old = queue.running();
        queue.stage.kubectl("delete", "pod", old.getMetadata().getName(), "--wait=false");
        waitFor("a pod waits", () -> queue.live.waiting() == 1);
        if (i == 0) {
          waitFor(
              "it is said",
              () ->
                  queue
                      .workers
                      .message("job")
                      .contains(
                          "1 pod waits for its start: 1 of at most 1 consumer runs, and it is still"
                              + " ending."));
          assertThat(queue.bounded("reason")).isEqualTo("PodsWait");
          assertThat(queue.workers.operatorEvents("job"::equals)).contains("PodsWait");
        }
        queue.gone(old);
        waitFor("it runs", () -> queue.live.alive() == 1 && queue.live.waiting() == 0);
      }
      assertThat(queue.live.most()).isEqualTo(1);
    }
    List<Duration> waits = queue.live.waits();
    assertThat(waits).hasSizeGreaterThanOrEqualTo(OPENINGS);
    Proof.fact(
        Proof.Chapter.WORKER,
        "A pod that waits is started as soon as another has ended.",
        waits.size()
            + " openings: p50 "
            + waits.get(waits.size() / 2).toMillis()
            + " ms, p95 "
            + waits.get(waits.size() * 95 / 100).toMillis()
            + " ms from the free place to the open gate, by one watch");
  }

  @Test
  void withoutAnOperatorNothingStarts() {
    queue.stage.apply(ConsumerStage.worker(2, 2, "1", ""));
    try (var _ = queue.operator()) {
      queue.waitForRunning(2);
    }
    queue.stage.kubectl("delete", "pods", "-l", Labels.WORKER + "=job");
    waitFor("both wait", () -> queue.live.waiting() == 2);
    assertThat(queue.live.alive()).isZero();
    assertThat(queue.live.most()).isEqualTo(2);
    try (var _ = queue.operator()) {
      queue.waitForRunning(2);
    }
    assertThat(queue.live.most()).isEqualTo(2);
  }

  @Test
  void theBoundCanBeLoweredRaisedAndRemoved() {
    queue.stage.apply(ConsumerStage.worker(3, 3, "1", ConsumerStage.BY_HAND));
    try (var _ = queue.operator()) {
      queue.waitForRunning(3);
      queue.workers.patch("job", "{\"spec\":{\"consumers\":{\"max\":1}}}");
      waitFor("said", () -> queue.bounded("reason").equals("AboveMax"));
      assertThat(queue.bounded("message")).contains("No pod is killed");
      waitFor("two are ending", () -> queue.ending().size() == 2);
      assertThat(queue.live.alive()).isEqualTo(3);
      queue.ending().forEach(queue::gone);
      waitFor(
          "one is left", () -> queue.live.alive() == 1 && queue.bounded("reason").equals("AtMax"));

      queue.live.most();
      queue.workers.patch("job", "{\"spec\":{\"consumers\":{\"max\":2}}}");
      queue.waitForRunning(2);
      assertThat(queue.live.most()).isEqualTo(2);

      queue.stage.kubectl(
          "delete", "pod", queue.pods().getFirst().getMetadata().getName(), "--wait=false");
      waitFor("a pod waits", () -> queue.live.waiting() == 1);
      queue.workers.patch("job", "{\"spec\":{\"consumers\":null}}");
      waitFor("nobody waits", () -> queue.live.waiting() == 0 && queue.live.alive() > 2);
      waitFor("nothing to say", () -> queue.workers.condition("job", "ConsumersBounded").isEmpty());
      waitFor("no gate", () -> queue.workers.pod("job").getSchedulingGates().isEmpty());
    }
  }

  @Test
  void aPodThatWaitsCostsNoRequests() {
    queue.stage.apply(ConsumerStage.worker(1, 1, "1", ConsumerStage.BY_HAND));
    try (var _ = queue.operator()) {
      queue.waitForRunning(1);
      queue.stage.kubectl("delete", "pod", queue.running().getMetadata().getName(), "--wait=false");
      waitFor("a pod waits", () -> queue.bounded("reason").equals("PodsWait"));
      queue.stage.settle();
      long from = queue.stage.audit.position();
      queue.stage.settle();
      assertThat(queue.stage.audit.requests(from, OperatorIdentity.USER))
          .filteredOn(request -> queue.stage.namespace.equals(request.namespace()))
          .filteredOn(request -> !request.verb().equals("watch"))
          .isEmpty();
    }
  }
}
