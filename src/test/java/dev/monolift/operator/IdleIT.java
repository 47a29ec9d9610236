package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.proof.Proof;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The audit log of the API server is the witness: an operator with nothing to do writes nothing,
 * and a restarted one neither.
 */
class IdleIT {
  private static final int WORKERS = 50;
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final Stage stage = Stage.set();

  @Test
  void writesNothingWhenIdleAndNothingOnRestart() throws InterruptedException {
    IntStream.range(0, WORKERS)
        .forEach(
            i ->
                stage.workers.create(
                    i % 2 == 0 ? Workers.minimal("idle-" + i) : Workers.nasty("idle-" + i)));
    try (var operator = OperatorProcess.start(stage.kubeconfig, 0)) {
      waitFor(
          "all applied",
          () -> IntStream.range(0, WORKERS).allMatch(i -> isSettled("idle-" + i, i % 2 == 0)));
      stage.settle();
      long quiet = stage.audit.position();
      // the promise is about a span of time: this is the one wait that no state can end
      Awaitility.await()
          .pollDelay(IDLE)
          .atMost(IDLE.plusSeconds(30))
          .untilAsserted(() -> assertThat(stage.writes(quiet)).isEmpty());
      assertThat(stage.audit.requests(quiet, OperatorIdentity.USER))
          .as("the lease is renewed, so the operator lives and is seen by the audit log")
          .anyMatch(request -> request.resource().equals("leases"));
      assertThat(operator.terminate()).isZero();
    }
    Predicate<String> others = name -> !name.equals("idle-0");
    int events = stage.workers.operatorEvents(others).size();
    long restart = stage.audit.position();
    try (var _ = OperatorProcess.start(stage.kubeconfig, 0)) {
      // it has read everything and works when a change is carried out; the rest must stay unwritten
      stage.workers.patch("idle-0", "{\"spec\":{\"replicas\":2}}");
      waitFor(
          "scaled", () -> stage.workers.replicas("idle-0") == 2 && stage.workers.isReady("idle-0"));
      stage.settle();
      assertThat(stage.writes(restart))
          .isNotEmpty()
          .allMatch(write -> write.name().equals("idle-0") || write.resource().equals("events"));
      assertThat(stage.workers.operatorEvents(others)).as("events of the others").hasSize(events);
    }
    Proof.fact(
        Proof.Chapter.RECONCILE,
        "When nothing changes, nothing is written but the leader's Lease; a restart writes nothing, events included.",
        WORKERS
            + " workers: 0 writes in "
            + IDLE.toSeconds()
            + " idle seconds, 0 writes on restart (audit log)");
  }

  /**
   * A pod of the nasty template is never ready on a simulated node; its worker is settled when that
   * has been said.
   */
  private boolean isSettled(String name, boolean ready) {
    return stage.workers.isObserved(name)
        && (ready
            ? stage.workers.isReady(name)
            : String.valueOf(stage.workers.ready(name).get("message"))
                .contains("0 of 1 pod is available"));
  }
}
