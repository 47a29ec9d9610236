package dev.monolift.operator;

import static org.awaitility.Awaitility.await;

import dev.monolift.OperatorMain;
import dev.monolift.OperatorOptions;
import dev.monolift.OperatorOptions.LeaderElection;
import dev.monolift.RunningOperator;
import dev.monolift.dns.ClusterDns;
import dev.monolift.plan.Labels;
import dev.monolift.testcluster.AuditLog;
import dev.monolift.testcluster.AuditLog.Request;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of the test's own, and operators in it with the shipped rights and {@link EchoKind}.
 */
final class Stage {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  final TestCluster cluster = TestCluster.shared();
  final AuditLog audit = new AuditLog(cluster.auditLog().orElseThrow());
  final String namespace = cluster.newNamespace("kernel");
  final Workers workers = new Workers(cluster.client(), namespace);
  final Path kubeconfig;

  private Stage(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  static Stage set() {
    try {
      TestCluster.shared().installCrds();
      Path folder = Files.createTempDirectory("monolift-stage");
      folder.toFile().deleteOnExit();
      Path kubeconfig = OperatorIdentity.kubeconfig(TestCluster.shared(), folder);
      kubeconfig.toFile().deleteOnExit();
      return new Stage(kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunningOperator start() {
    return start(config(), null);
  }

  RunningOperator start(Config config, @Nullable LeaderElection election) {
    return new OperatorMain(OperatorMain::client, new EchoKind())
        .start(new OperatorOptions(config, Set.of(namespace), election, 0, ClusterDns.DEFAULT, 10));
  }

  Config config() {
    return Config.fromKubeconfig(kubeconfig.toFile());
  }

  /** Writes of the operator; the question what it may do persists nothing and is none. */
  List<Request> writes(long from) {
    return audit.writes(from, OperatorIdentity.USER).stream()
        .filter(write -> !write.resource().startsWith("selfsubject"))
        .filter(write -> !isOfAnotherTest(write.namespace()))
        .toList();
  }

  /**
   * What other tests left behind on the shared cluster may keep an operator of all namespaces busy.
   */
  private boolean isOfAnotherTest(String of) {
    return !of.isEmpty() && !of.equals(namespace) && !of.equals(OperatorIdentity.NAMESPACE);
  }

  /** Waits until nobody, neither a controller nor the operator, changes the namespace any more. */
  void settle() {
    var position = new long[] {audit.position()};
    await()
        .pollInterval(Duration.ofSeconds(2))
        .atMost(PATIENCE)
        .until(
            () -> {
              long from = position[0];
              position[0] = audit.position();
              return audit.changes(from, namespace).stream().noneMatch(Stage::isStep)
                  && writes(from).isEmpty();
            });
  }

  /** An autoscaler without metrics complains for ever; that is no step towards anything. */
  private static boolean isStep(Request write) {
    return !write.resource().equals("events")
        && !write.resource().startsWith("horizontalpodautoscalers");
  }

  void edit(String deployment, UnaryOperator<DeploymentBuilder> change) {
    // kube-controller-manager edits it too
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(
            e -> e instanceof KubernetesClientException c && c.getCode() == 409)
        .untilAsserted(() -> editOnce(deployment, change));
  }

  private void editOnce(String deployment, UnaryOperator<DeploymentBuilder> change) {
    cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(deployment)
        .edit((Deployment d) -> change.apply(new DeploymentBuilder(d)).build());
  }

  void annotate(String deployment, String annotation, String value) {
    edit(deployment, d -> d.editMetadata().addToAnnotations(annotation, value).endMetadata());
  }

  static void waitFor(String what, java.util.concurrent.Callable<Boolean> state) {
    await(what).atMost(PATIENCE).until(state);
  }

  /** Runs kubectl in this namespace and returns what it printed; a failure fails the test. */
  String kubectl(String... arguments) {
    var command = new ArrayList<String>(List.of(cluster.kubectl().toString()));
    command.addAll(List.of("--kubeconfig", cluster.kubeconfig().toString(), "-n", namespace));
    command.addAll(List.of(arguments));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", arguments) + ": " + output);
      }
      return output;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Applies a document as a person with kubectl would. */
  void apply(String yaml) {
    try {
      Path file = Files.createTempFile(kubeconfig.getParent(), "apply-", ".yaml");
      try {
        Files.writeString(file, yaml);
        kubectl("apply", "-f", file.toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kind and name of everything in the namespace that carries a worker's label. */
  List<String> ownedNames(String worker) {
    return kubectl(
            "get",
            "deployments,replicasets,pods,configmaps",
            "-l",
            Labels.WORKER + "=" + worker,
            "-o",
            "name")
        .lines()
        .filter(line -> line.contains("/"))
        .toList();
  }
}
