package dev.monolift.node;

import dev.monolift.crd.Kubectl;
import dev.monolift.dns.ClusterDns;
import dev.monolift.operator.OperatorIdentity;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A namespace on a real node with an operator for it, a {@link SharedFolder}, and the programs of
 * {@code src/test/container/} in a ConfigMap.
 */
final class WorkerRoom implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Path PROGRAMS = Path.of("src", "test", "container");

  final TestCluster cluster = TestCluster.realNode();
  final String namespace;
  final Kubectl kubectl;
  final SharedFolder folder;

  /** What the cluster's resolver adds to names, as a pod there has it. */
  final ClusterDns dns;

  private final OutsideOperator operator;

  /**
   * Makes one.
   *
   * @param prefix what the namespace's name begins with
   * @param operatorOptions further options of the operator
   */
  WorkerRoom(String prefix, String... operatorOptions) {
    namespace = cluster.newNamespace(prefix);
    kubectl = new Kubectl(cluster, namespace);
    kubectl
        .run(
            "create",
            "configmap",
            WorkerPod.PROGRAMS,
            "--from-file=" + PROGRAMS.resolve("worker.php"),
            "--from-file=" + PROGRAMS.resolve("node"))
        .orFail();
    folder = SharedFolder.make(cluster, kubectl);
    dns = ClusterDns.ofPod(folder.shell("cat /etc/resolv.conf")).orElseThrow();
    cluster.installCrds();
    // two operators would do everything twice
    awaitNoOther();
    operator = OutsideOperator.start(cluster, namespace, dns, operatorOptions);
  }

  private void awaitNoOther() {
    Awaitility.await("the end of the operator that another test has installed")
        .atMost(PATIENCE)
        .until(
            () ->
                cluster
                    .client()
                    .pods()
                    .inNamespace(OperatorIdentity.NAMESPACE)
                    .list()
                    .getItems()
                    .isEmpty());
  }

  /**
   * Creates a MonolithWorker.
   *
   * @param name its name, and that of its pods' label {@code app}
   * @param settings further lines of its spec
   * @param pod its pods
   */
  SeenWorker worker(String name, String settings, WorkerPod pod) {
    kubectl
        .apply(
            """
            apiVersion: monolift.dev/v1alpha1
            kind: MonolithWorker
            metadata: {name: %s}
            spec:
              template:
                metadata: {labels: {app: %s}}
                spec:
            """
                    .formatted(name, name)
                + pod.spec(folder).indent(6)
                + settings.indent(2))
        .orFail();
    return new SeenWorker(cluster.client(), namespace, name);
  }

  /**
   * Creates a plain Deployment of the same pods.
   *
   * @param name its name, and that of its pods' label {@code app}
   * @param pod its pods
   */
  void deployment(String name, WorkerPod pod) {
    kubectl
        .apply(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s}
            spec:
              selector: {matchLabels: {app: %s}}
              template:
                metadata: {labels: {app: %s}}
                spec:
            """
                    .formatted(name, name, name)
                + pod.spec(folder).indent(6))
        .orFail();
  }

  /** Waits for a state, as long as the operator is there. */
  void until(String what, Callable<Boolean> state) {
    until(what, PATIENCE, state);
  }

  /** Waits for a state that may take longer than others. */
  void until(String what, Duration patience, Callable<Boolean> state) {
    try {
      Awaitility.await(what)
          .atMost(patience)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                operator.check();
                return state.call();
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          what
              + " did not come:\n"
              + kubectl.run("get", "monolithworkers,pods,jobs", "-o", "wide").out()
              + kubectl.run("get", "events").out()
              + kubectl.run("logs", "--selector=app", "--prefix", "--tail=10").out()
              + operator.log(),
          e);
    }
  }

  /** The pods of a worker or of a Deployment. */
  List<Pod> pods(String name) {
    return cluster.client().pods().inNamespace(namespace).withLabel("app", name).list().getItems();
  }

  /** Its only pod; fails while it has none, or more. */
  Pod pod(String name) {
    List<Pod> pods = pods(name);
    if (pods.size() != 1) {
      throw new AssertionError(name + " has " + pods.size() + " pods");
    }
    return pods.getFirst();
  }

  /** What its pods have printed; nothing before they run. */
  String log(String name) {
    return kubectl.run("logs", "--selector=app=" + name, "--container=php", "--tail=-1").out();
  }

  @Override
  public void close() {
    kubectl.run("delete", "monolithworkers,deployments", "--all", "--wait=false");
    kubectl.run("delete", "pods", "--all", "--grace-period=1", "--wait=false");
    operator.close();
  }
}
