package dev.monolift.node;

import dev.monolift.OperatorMain;
import dev.monolift.dns.ClusterDns;
import dev.monolift.operator.OperatorIdentity;
import dev.monolift.testcluster.TestCluster;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code monolift operator} for one namespace, with the shipped rights, as a process outside of the
 * cluster: for tests that are about pods and not about how the operator itself is installed.
 */
final class OutsideOperator implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final Process process;
  private final OutputStream leash;
  private final Path log;

  private OutsideOperator(Process process, Path log) {
    this.process = process;
    this.leash = process.getOutputStream();
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param cluster the cluster, with the definitions installed
   * @param namespace the namespace that it watches
   * @param dns what the cluster's resolver adds to names; a pod's resolv.conf says it
   * @param more further options
   */
  static OutsideOperator start(
      TestCluster cluster, String namespace, ClusterDns dns, String... more) {
    try {
      Path folder = Files.createTempDirectory("monolift-node");
      folder.toFile().deleteOnExit();
      Path kubeconfig = OperatorIdentity.kubeconfig(cluster, folder);
      kubeconfig.toFile().deleteOnExit();
      Path log = folder.resolve("operator.log");
      log.toFile().deleteOnExit();
      var command = new ArrayList<>(List.of("sh", "src/testcluster/run.sh"));
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(OperatorMain.class.getName(), "operator", "--namespace", namespace));
      command.addAll(List.of("--no-leader-election", "--management-port", "0"));
      command.addAll(List.of("--cluster-domain", dns.clusterDomain()));
      if (!dns.nodeSearchDomains().isEmpty()) {
        command.addAll(List.of("--node-search", String.join(",", dns.nodeSearchDomains())));
      }
      command.addAll(List.of(more));
      var builder = new ProcessBuilder(command);
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
      return new OutsideOperator(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails with its log when it is not there any more. */
  void check() {
    if (!process.isAlive()) {
      throw new AssertionError("the operator ended with " + process.exitValue() + ":\n" + log());
    }
  }

  /** What it printed so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      process.destroy();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        // run.sh kills the program when the pipe closes
        leash.close();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
