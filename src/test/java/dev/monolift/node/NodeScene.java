package dev.monolift.node;

import dev.monolift.testcluster.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A namespace on a real node with the installed operator, a database with queues, and the test's
 * own watches.
 */
final class NodeScene implements AutoCloseable {
  private static final Path EXAMPLE = Path.of("examples", "php", "worker.php");

  final TestCluster cluster = TestCluster.realNode();
  final String namespace = cluster.newNamespace("node");
  final NodeKubectl kubectl = new NodeKubectl(cluster, namespace);
  final InstalledOperator operator = InstalledOperator.install(cluster);
  final OperatorAbsences absences = new OperatorAbsences(cluster, operator);
  final DatabasePod database;
  final JobQueue queue;
  final PodWatch pods;
  final VerdictWatch verdicts;

  NodeScene() {
    database = DatabasePod.start(kubectl);
    queue = JobQueue.create(database);
    pods = new PodWatch(cluster.client(), namespace);
    verdicts = new VerdictWatch(cluster.client(), namespace);
  }

  /** The worker of docs/drain.md, word for word, and its queue. */
  void exampleFiles(String name) {
    files(name, Map.of("worker.php", EXAMPLE, "queue.php", JobQueue.FILES.resolve("queue.php")));
  }

  /** Makes a ConfigMap of files. */
  void files(String name, Map<String, Path> files) {
    var arguments = new ArrayList<>(List.of("create", "configmap", name));
    files.forEach((file, from) -> arguments.add("--from-file=" + file + "=" + from));
    kubectl.run(arguments.toArray(String[]::new));
  }

  /** Pods that the operator holds are let go by it: so it goes last. */
  @Override
  public void close() {
    try {
      kubectl.run("delete", "monolithworkers,deployments", "--all");
      kubectl.run("wait", "pods", "--for=delete", "-l", Subject.LABEL, "--timeout=120s");
      verdicts.close();
      pods.close();
    } finally {
      operator.close();
    }
  }
}
