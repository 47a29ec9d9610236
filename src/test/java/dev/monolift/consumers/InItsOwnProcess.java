package dev.monolift.consumers;

import dev.monolift.OperatorMain;
import dev.monolift.OperatorOptions;
import dev.monolift.OperatorOptions.LeaderElection;
import dev.monolift.dns.ClusterDns;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** An operator in a JVM of its own, as a cluster has it, with an election in its namespace. */
final class InItsOwnProcess implements Member {
  private final Process process;

  private InItsOwnProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one with the shipped rights.
   *
   * @param kubeconfig cluster and credentials; its log is written beside it
   * @param namespace the namespace to watch, and of the leader's lease
   * @param identity its name in the election
   */
  static InItsOwnProcess start(Path kubeconfig, String namespace, String identity) {
    try {
      var command =
          List.of(
              ProcessHandle.current().info().command().orElseThrow(),
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Xshare:auto",
              "-Xmx128m",
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName(),
              kubeconfig.toString(),
              namespace,
              identity);
      Path log = kubeconfig.resolveSibling(namespace + "-" + identity + ".log");
      return new InItsOwnProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** From outside nobody can tell where it is in its work. */
  @Override
  public void killAt(int write, boolean after) {
    kill();
  }

  @Override
  public void pause() {
    signal("STOP");
  }

  @Override
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** The program of the process. */
  static final class Main {
    private Main() {}

    /** Arguments: kubeconfig, namespace, name in the election. */
    public static void main(String[] args) {
      var options =
          new OperatorOptions(
              Config.fromKubeconfig(Path.of(args[0]).toFile()),
              Set.of(args[1]),
              new LeaderElection(args[1], Hand.LEADER, args[2]),
              0,
              ClusterDns.DEFAULT,
              OperatorOptions.DEFAULT_WORKERS);
      System.exit(
          new OperatorMain(OperatorMain::client, OperatorMain.kinds(null))
              .runUntilStopped(options));
    }
  }
}
