package dev.monolift.bench;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.operator.OperatorIdentity;
import dev.monolift.plan.Conditions;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** A fresh control plane with our definitions and rights, and a namespace for the workers. */
final class Scene implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST_STATE = Duration.ofMinutes(5);
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final TestCluster cluster;
  private final String namespace;
  private final Path kubeconfig;
  private final Trail trail;

  private Scene(TestCluster cluster, String namespace, Path kubeconfig, Trail trail) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.kubeconfig = kubeconfig;
    this.trail = trail;
  }

  /**
   * Sets it.
   *
   * @param cluster the cluster, which the scene closes
   * @param folder where the operator's kubeconfig goes
   */
  static Scene set(TestCluster cluster, Path folder) throws IOException {
    Path log =
        cluster
            .auditLog()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "This kind of cluster has no audit log to measure with. Set"
                            + " MONOLIFT_TEST_CLUSTER=go for a control plane of its own."));
    cluster.installCrds();
    return new Scene(
        cluster,
        cluster.newNamespace("bench"),
        OperatorIdentity.kubeconfig(cluster, Files.createTempDirectory(folder, "scene-")),
        new Trail(log));
  }

  KubernetesClient client() {
    return cluster.client();
  }

  String namespace() {
    return namespace;
  }

  /** A namespace that is not measured. */
  String anotherNamespace() {
    return cluster.newNamespace("warm-up");
  }

  /** With the operator's ServiceAccount. */
  Path kubeconfig() {
    return kubeconfig;
  }

  Trail trail() {
    return trail;
  }

  /** What the operator asked the API server after a position. */
  List<Call> operatorCalls(long from) {
    return trail.by(from, OperatorIdentity.USER);
  }

  /**
   * Waits until nobody writes to the namespace.
   *
   * @param broken whether there is nothing to wait for any more
   */
  void awaitQuiet(BooleanSupplier broken) throws InterruptedException {
    if (!trail.awaitQuiet(namespace, QUIET, LONGEST, broken)) {
      throw new IllegalStateException(
          "The namespace did not become quiet within " + LONGEST.toMinutes() + " minutes.");
    }
  }

  /** Waits until nobody has written to the namespace for a moment. */
  void awaitPause(Duration pause) throws InterruptedException {
    trail.awaitQuiet(namespace, pause, LONGEST, () -> false);
  }

  /** Asks until there is an answer. */
  static <T> T await(String what, Supplier<Optional<T>> question) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_STATE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      Thread.sleep(LOOK);
    }
    throw new IllegalStateException(
        "Waited " + LONGEST_STATE.toMinutes() + " minutes in vain for: " + what + ".");
  }

  /** Fails unless every worker is Ready. */
  void requireAllReady(int workers) {
    List<String> notReady =
        client().resources(MonolithWorker.class).inNamespace(namespace).list().getItems().stream()
            .filter(worker -> !isReady(worker))
            .map(worker -> worker.getMetadata().getName())
            .toList();
    if (!notReady.isEmpty()) {
      throw new IllegalStateException(
          notReady.size()
              + " of "
              + workers
              + " workers are not Ready although all is quiet, among them "
              + notReady.getFirst()
              + ".");
    }
  }

  private static boolean isReady(MonolithWorker worker) {
    return worker.getStatus() != null
        && Conditions.find(worker.getStatus().conditions(), Conditions.READY)
            .filter(ready -> "True".equals(ready.getStatus()))
            .isPresent();
  }

  /** Does something for every number below a count, a given number of them at a time. */
  static void forEach(int count, int atOnce, IntConsumer action) throws InterruptedException {
    var tasks = new ArrayList<Future<?>>();
    try (var threads = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      for (int i = 0; i < count; i++) {
        int number = i;
        tasks.add(threads.submit(() -> action.accept(number)));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A request of the bench failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
