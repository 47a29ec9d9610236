package dev.monolift.testcluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits, within bounds, until the programs of a control plane do their work. */
final class Readiness {
  /** Generous: a busy machine with two cores needs 20 seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<Program> programs;
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();

  /** The list may grow while waiting. */
  Readiness(List<Program> programs) {
    this.programs = programs;
  }

  /** Waits until the API server says that it is ready. */
  void awaitServing(Path kubeconfig) {
    try (KubernetesClient client = client(kubeconfig)) {
      await("kube-apiserver", () -> answers(client));
    }
  }

  /**
   * Waits until the controllers work: namespaces have their default service account, without which
   * no pod is admitted.
   */
  void awaitControllers(Path kubeconfig) {
    try (KubernetesClient client = client(kubeconfig)) {
      await(
          "kube-controller-manager",
          () -> client.serviceAccounts().inNamespace("default").withName("default").get() != null);
    }
  }

  /** Waits until a node says that it can run pods. */
  void awaitNode(Path kubeconfig, String name) {
    try (KubernetesClient client = client(kubeconfig)) {
      await("kubelet", () -> isReady(client.nodes().withName(name).get()));
    }
  }

  private static boolean isReady(@Nullable Node node) {
    return node != null
        && io.fabric8.kubernetes.client.readiness.Readiness.getInstance().isReady(node);
  }

  private static boolean answers(KubernetesClient client) {
    try {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  /** Without the client's own retries: they wait longer than we do. */
  private static KubernetesClient client(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /**
   * Waits for a state.
   *
   * @throws IllegalStateException with the end of a log when a program dies or time is up
   */
  void await(String program, BooleanSupplier state) {
    while (!state.getAsBoolean()) {
      programs.forEach(Program::requireAlive);
      if (System.nanoTime() > deadline) {
        String tails =
            programs.stream()
                .filter(one -> one.name().equals(program))
                .map(Program::tail)
                .reduce("", String::concat);
        throw new IllegalStateException(
            program
                + " was not ready within "
                + PATIENCE.toSeconds()
                + " s; its log ends so:\n"
                + tails);
      }
      pause();
    }
  }

  /** A moment between two looks. */
  static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a test control plane started", e);
    }
  }
}
