package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.plan.AdmittedPods;
import dev.monolift.plan.GatePod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Objects;

/** A namespace with one worker, called job, whose consumers are bounded and counted. */
final class ConsumerStage implements AutoCloseable {
  /** Its pods end when the test says so, as {@link #gone}. */
  static final String BY_HAND = "annotations: {monolift.test/ended-by-hand: 'true'}";

  final Stage stage = Stage.set();
  final Workers workers = stage.workers;
  final LiveConsumers live = new LiveConsumers(stage.cluster.client(), stage.namespace, "job");

  static String worker(int replicas, int max, String version, String metadata) {
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

  OperatorProcess operator() {
    return OperatorProcess.start(stage.kubeconfig, 0, stage.namespace);
  }

  void waitForRunning(int count) {
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
  void scale(int replicas) {
    stage.kubectl(
        "patch",
        "monolithworker",
        "job",
        "--subresource=scale",
        "--type=merge",
        "-p",
        "{\"spec\":{\"replicas\":" + replicas + "}}");
  }

  void replaceOne() {
    Pod old = running();
    stage.kubectl("delete", "pod", old.getMetadata().getName(), "--wait=false");
    waitFor("a pod waits", () -> live.waiting() == 1);
    assertThat(live.alive()).isEqualTo(2);
    gone(old);
    waitForRunning(2);
    assertThat(live.most()).isEqualTo(2);
  }

  List<Pod> pods() {
    return workers.pods("job");
  }

  Pod running() {
    return pods().stream()
        .filter(pod -> GatePod.of(pod).isAlive())
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .findFirst()
        .orElseThrow();
  }

  Pod waiting() {
    return pods().stream().filter(pod -> GatePod.of(pod).isWaiting()).findFirst().orElseThrow();
  }

  List<Pod> ending() {
    return pods().stream().filter(pod -> pod.getMetadata().getDeletionTimestamp() != null).toList();
  }

  String bounded(String field) {
    return Objects.toString(workers.condition("job", "ConsumersBounded").get(field), "");
  }

  Resource<Lease> lease() {
    return stage.cluster.client().leases().inNamespace(stage.namespace).withName("job-start");
  }

  String record() {
    var annotations = lease().get().getMetadata().getAnnotations();
    return Objects.requireNonNullElse(annotations.get(AdmittedPods.ANNOTATION), "");
  }

  void annotate(String value) {
    lease()
        .edit(
            lease ->
                new LeaseBuilder(lease)
                    .editMetadata()
                    .addToAnnotations(AdmittedPods.ANNOTATION, value)
                    .endMetadata()
                    .build());
  }

  void evict(Pod pod) {
    stage
        .cluster
        .client()
        .pods()
        .inNamespace(stage.namespace)
        .withName(pod.getMetadata().getName())
        .evict();
  }

  /** What kubelet does last. */
  void gone(Pod pod) {
    stage.cluster.client().resource(pod).withGracePeriod(0).delete();
  }

  @Override
  public void close() {
    live.close();
    stage.kubectl("delete", "monolithworkers", "--all");
    stage.kubectl("delete", "pods", "--all", "--force", "--grace-period=0", "--wait=false");
  }
}
