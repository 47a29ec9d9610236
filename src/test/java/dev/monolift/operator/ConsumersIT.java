package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.plan.AdmittedPods;
import dev.monolift.plan.GatePod;
import dev.monolift.plan.Labels;
import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code spec.consumers.max} promises, on a real control plane with the shipped rights. */
class ConsumersIT {
  private static final String BY_HAND = "annotations: {monolift.test/ended-by-hand: 'true'}";
  private static final int OPENINGS = 25;

  private final Stage stage = Stage.set();
  private final Workers workers = stage.workers;
  private final LiveConsumers live =
      new LiveConsumers(stage.cluster.client(), stage.namespace, "job");

  @AfterEach
  void stop() {
    live.close();
    stage.kubectl("delete", "monolithworkers", "--all");
    stage.kubectl("delete", "pods", "--all", "--force", "--grace-period=0", "--wait=false");
  }

  @Test
  void nothingThatPeopleAndMachinesDoStartsOneTooMany() {
    stage.apply(worker(3, 3, "1", ""));
    try (var _ = operator()) {
      waitForRunning(3);
      stage.kubectl("scale", "monolithworker/job", "--replicas=6");
      waitFor("the clamp is said", () -> bounded("message").contains("spec.replicas is 6"));
      scale(2);
      waitForRunning(2);
      scale(3);
      waitForRunning(3);
      stage.apply(worker(3, 3, "2", ""));
      stage.apply(worker(3, 3, "3", ""));
      waitForRunning(3);
      stage.kubectl("rollout", "restart", "deployment/job");
      waitFor("it rolls", () -> !workers.isReady("job"));
      stage.kubectl("delete", "pods", "-l", Labels.WORKER + "=job", "--wait=false");
      waitForRunning(3);
      evict(pods().getFirst());
      waitFor("one less", () -> live.alive() < 3);
      waitForRunning(3);

      assertThat(live.most()).isEqualTo(3);
      assertThat(workers.image("job")).isEqualTo("php:3");
      assertThat(workers.deployment("job").getSpec().getReplicas()).isEqualTo(3);
      assertThat(workers.operatorEvents("job"::equals)).contains("PodsWait");
    }
    Proof.fact(
        Proof.Chapter.WORKER,
        "kubectl scale, /scale, two rollouts at once, a restart, kubectl delete pod and an eviction never start one consumer more than consumers.max.",
        "3 of at most 3 at any moment, by a watch on a real control plane");
  }

  @Test
  void aPodWaitsForTheEndOfAnotherAndIsStartedAtOnceThen() {
    stage.apply(worker(1, 1, "1", BY_HAND));
    try (var _ = operator()) {
      waitForRunning(1);
      for (int i = 0; i < OPENINGS; i++) {
        Pod old = running();
        stage.kubectl("delete", "pod", old.getMetadata().getName(), "--wait=false");
        waitFor("a pod waits", () -> live.waiting() == 1);
        if (i == 0) {
          waitFor(
              "it is said",
              () ->
                  workers
                      .message("job")
                      .contains(
                          "1 pod waits for its start: 1 of at most 1 consumer runs, and it is still"
                              + " ending."));
          assertThat(bounded("reason")).isEqualTo("PodsWait");
        }
        gone(old);
        waitFor("it runs", () -> live.alive() == 1 && live.waiting() == 0);
      }
      assertThat(live.most()).isEqualTo(1);
    }
    List<Duration> waits = live.waits();
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
    stage.apply(worker(2, 2, "1", ""));
    try (var _ = operator()) {
      waitForRunning(2);
    }
    stage.kubectl("delete", "pods", "-l", Labels.WORKER + "=job");
    waitFor("both wait", () -> live.waiting() == 2);
    assertThat(live.alive()).isZero();
    assertThat(live.most()).isEqualTo(2);
    try (var _ = operator()) {
      waitForRunning(2);
    }
    assertThat(live.most()).isEqualTo(2);
  }

  @Test
  void theBoundCanBeLoweredRaisedAndRemoved() {
    stage.apply(worker(3, 3, "1", BY_HAND));
    try (var _ = operator()) {
      waitForRunning(3);
      workers.patch("job", "{\"spec\":{\"consumers\":{\"max\":1}}}");
      waitFor("said", () -> bounded("reason").equals("AboveMax"));
      assertThat(bounded("message")).contains("No pod is killed");
      waitFor("two are ending", () -> ending().size() == 2);
      assertThat(live.alive()).isEqualTo(3);
      ending().forEach(this::gone);
      waitFor("one is left", () -> live.alive() == 1 && bounded("reason").equals("AtMax"));

      live.most();
      workers.patch("job", "{\"spec\":{\"consumers\":{\"max\":2}}}");
      waitForRunning(2);
      assertThat(live.most()).isEqualTo(2);

      stage.kubectl("delete", "pod", pods().getFirst().getMetadata().getName(), "--wait=false");
      waitFor("a pod waits", () -> live.waiting() == 1);
      workers.patch("job", "{\"spec\":{\"consumers\":null}}");
      waitFor("nobody waits", () -> live.waiting() == 0 && live.alive() > 2);
      assertThat(workers.condition("job", "ConsumersBounded")).isEmpty();
      waitFor("no gate", () -> workers.pod("job").getSchedulingGates().isEmpty());
    }
  }

  @Test
  void whatSomebodyStartsPastTheGateIsCounted() {
    stage.apply(worker(1, 1, "1", BY_HAND));
    try (var _ = operator()) {
      waitForRunning(1);
      Pod first = running();
      stage.kubectl("delete", "pod", first.getMetadata().getName(), "--wait=false");
      waitFor("a pod waits", () -> live.waiting() == 1);
      Pod second = waiting();
      stage.kubectl(
          "patch",
          "pod",
          second.getMetadata().getName(),
          "--type=json",
          "-p",
          "[{\"op\":\"remove\",\"path\":\"/spec/schedulingGates\"}]");
      waitFor("said", () -> bounded("reason").equals("AboveMax"));
      assertThat(workers.operatorEvents("job"::equals)).contains("ConsumersAboveMax");
      stage.kubectl("delete", "pod", second.getMetadata().getName(), "--wait=false");
      waitFor("a third waits", () -> live.waiting() == 1);
      gone(first);
      waitFor("counted", () -> bounded("message").contains("1 of at most 1 consumer runs"));
      assertThat(live.waiting()).isEqualTo(1);

      stage.apply(FOREIGN);
      waitFor("the foreign pod", () -> live.alive() == 2);
      gone(second);
      waitFor("it has the place", () -> live.alive() == 1 && bounded("reason").equals("PodsWait"));
      assertThat(live.waiting()).isEqualTo(1);
      stage.kubectl("delete", "pod", "foreign");
      waitForRunning(1);
    }
  }

  @Test
  void aLeaseThatIsDestroyedIsRebuiltAndAForeignOneIsLeftAlone() {
    stage.apply(worker(2, 2, "1", BY_HAND));
    try (var _ = operator()) {
      waitForRunning(2);
      assertThat(AdmittedPods.read(record()))
          .containsExactlyInAnyOrderElementsOf(
              pods().stream().map(p -> p.getMetadata().getUid()).toList());
      assertThat(lease().get().getMetadata().getOwnerReferences())
          .singleElement()
          .extracting("kind")
          .isEqualTo("MonolithWorker");
      stage.kubectl("delete", "lease", "job-start");
      replaceOne();
      assertThat(AdmittedPods.read(record())).hasSize(1);

      annotate("}{ not, a record");
      replaceOne();
      assertThat(record()).doesNotContain("not");

      stage.kubectl("label", "lease", "job-start", Labels.MANAGED_BY + "-");
      Pod old = running();
      stage.kubectl("delete", "pod", old.getMetadata().getName(), "--wait=false");
      gone(old);
      waitFor("said", () -> "LeaseNotOurs".equals(workers.ready("job").get("reason")));
      assertThat(live.alive()).isEqualTo(1);
      assertThat(workers.message("job")).contains("No pod is started. Delete the Lease");
      stage.kubectl("delete", "lease", "job-start");
      stage.annotate("job", "touched", "1");
      waitForRunning(2);
      assertThat(live.most()).isEqualTo(2);
    }
  }

  @Test
  void aPodThatWaitsCostsNoRequests() {
    stage.apply(worker(1, 1, "1", BY_HAND));
    try (var _ = operator()) {
      waitForRunning(1);
      stage.kubectl("delete", "pod", running().getMetadata().getName(), "--wait=false");
      waitFor("a pod waits", () -> bounded("reason").equals("PodsWait"));
      stage.settle();
      long from = stage.audit.position();
      stage.settle();
      assertThat(stage.audit.requests(from, OperatorIdentity.USER))
          .filteredOn(request -> stage.namespace.equals(request.namespace()))
          .filteredOn(request -> !request.verb().equals("watch"))
          .isEmpty();
    }
  }

  private static final String FOREIGN =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: foreign, labels: {monolift.dev/worker: job}}
      spec: {terminationGracePeriodSeconds: 1, containers: [{name: php, image: "php:1"}]}
      """;

  private static String worker(int replicas, int max, String version, String metadata) {
    return """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: job}
        spec:
          replicas: %d
          consumers: {max: %d}
          template:
            metadata: {%s}
            spec:
              terminationGracePeriodSeconds: 2
              containers: [{name: php, image: "php:%s", command: [php, worker.php]}]
        """
        .formatted(replicas, max, metadata, version);
  }

  private OperatorProcess operator() {
    return OperatorProcess.start(stage.kubeconfig, 0, stage.namespace);
  }

  private void waitForRunning(int count) {
    waitFor(
        count + " consumers",
        () ->
            workers.isReady("job")
                && workers.isObserved("job")
                && workers.replicas("job") == count
                && live.alive() == count
                && live.waiting() == 0);
  }

  /** As a HorizontalPodAutoscaler does. */
  private void scale(int replicas) {
    stage.kubectl(
        "patch",
        "monolithworker",
        "job",
        "--subresource=scale",
        "--type=merge",
        "-p",
        "{\"spec\":{\"replicas\":" + replicas + "}}");
  }

  private void replaceOne() {
    Pod old = running();
    stage.kubectl("delete", "pod", old.getMetadata().getName(), "--wait=false");
    waitFor("a pod waits", () -> live.waiting() == 1);
    assertThat(live.alive()).isEqualTo(2);
    gone(old);
    waitForRunning(2);
    assertThat(live.most()).isEqualTo(2);
  }

  private List<Pod> pods() {
    return workers.pods("job");
  }

  private Pod running() {
    return pods().stream()
        .filter(pod -> GatePod.of(pod).isAlive())
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .findFirst()
        .orElseThrow();
  }

  private Pod waiting() {
    return pods().stream().filter(pod -> GatePod.of(pod).isWaiting()).findFirst().orElseThrow();
  }

  private List<Pod> ending() {
    return pods().stream().filter(pod -> pod.getMetadata().getDeletionTimestamp() != null).toList();
  }

  private String bounded(String field) {
    return Objects.toString(workers.condition("job", "ConsumersBounded").get(field), "");
  }

  private Resource<Lease> lease() {
    return stage.cluster.client().leases().inNamespace(stage.namespace).withName("job-start");
  }

  private String record() {
    return lease().get().getMetadata().getAnnotations().get(AdmittedPods.ANNOTATION);
  }

  private void annotate(String value) {
    lease()
        .edit(
            lease ->
                new LeaseBuilder(lease)
                    .editMetadata()
                    .addToAnnotations(AdmittedPods.ANNOTATION, value)
                    .endMetadata()
                    .build());
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

  /** What kubelet does last. */
  private void gone(Pod pod) {
    stage.cluster.client().resource(pod).withGracePeriod(0).delete();
  }
}
