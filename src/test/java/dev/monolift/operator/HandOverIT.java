package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Kubernetes' own HorizontalPodAutoscaler takes the replicas over, from the worker or from its
 * Deployment, and nobody sees a dip.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandOverIT {
  private final Stage stage = Stage.set();
  private final Workers workers = stage.workers;
  private OperatorProcess operator;

  @BeforeAll
  void start() {
    operator = OperatorProcess.start(stage.kubeconfig, 0, stage.namespace);
  }

  @AfterAll
  void stop() {
    operator.close();
  }

  private void createReady(String name, int replicas) {
    workers.create(
        Workers.minimal(name)
            .replace("spec:\n  template:", "spec:\n  replicas: " + replicas + "\n  template:"));
    waitFor(name + " ready", () -> workers.isReady(name) && workers.replicas(name) == replicas);
  }

  /** An autoscaler without metrics still lifts its target to its minimum. */
  private void autoscaler(String name, String target, int least) {
    stage.apply(
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: %s}
        spec:
          scaleTargetRef: {%s, name: %s}
          minReplicas: %d
          maxReplicas: 20
          metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
        """
            .formatted(name, target, name, least));
  }

  @Test
  void anAutoscalerOfTheDeploymentTakesOverWithoutADip() {
    createReady("direct", 3);
    var seen = new CopyOnWriteArrayList<Integer>();
    try (var _ =
        stage
            .cluster
            .client()
            .apps()
            .deployments()
            .inNamespace(stage.namespace)
            .withName("direct")
            .watch(new ReplicasSeen(seen))) {
      autoscaler("direct", "apiVersion: apps/v1, kind: Deployment", 6);
      waitFor(
          "taken over",
          () ->
              workers.status("direct", "replicasManagedBy") != null
                  && workers.replicas("direct") == 6);
      // a change that makes the operator apply the Deployment again
      workers.patch(
          "direct", "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}");
      waitFor(
          "rolled",
          () ->
              "2"
                      .equals(
                          workers
                              .deployment("direct")
                              .getSpec()
                              .getTemplate()
                              .getMetadata()
                              .getAnnotations()
                              .get("v"))
                  && workers.isReady("direct"));
      stage.settle();
      assertThat(seen)
          .as("replicas of the Deployment over time")
          .allMatch(replicas -> replicas == 3 || replicas == 6)
          .endsWith(6);

      // back again: the autoscaler goes, then spec.replicas changes
      stage.kubectl("delete", "hpa/direct");
      workers.patch("direct", "{\"spec\":{\"replicas\":4}}");
      waitFor(
          "taken back",
          () ->
              workers.status("direct", "replicasManagedBy") == null
                  && workers.replicas("direct") == 4);
      assertThat(seen).allMatch(replicas -> replicas >= 3);
      Proof.fact(
          Proof.Chapter.WORKER,
          "An autoscaler that targets the Deployment takes the replicas over without a dip to 1, and gives them back.",
          "replicas seen over time: " + List.copyOf(seen));
    }
  }

  @Test
  void anAutoscalerOfTheWorkerScalesIt() {
    createReady("through", 2);
    autoscaler("through", "apiVersion: monolift.dev/v1alpha1, kind: MonolithWorker", 5);
    waitFor("scaled", () -> workers.replicas("through") == 5 && workers.isReady("through"));
    assertThat(workers.status("through", "replicasManagedBy")).isNull();
  }

  private record ReplicasSeen(List<Integer> seen) implements Watcher<Deployment> {
    @Override
    public void eventReceived(Action action, Deployment deployment) {
      int replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), -1);
      if (seen.isEmpty() || seen.getLast() != replicas) {
        seen.add(replicas);
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      seen.add(-2);
    }
  }
}
