package dev.monolift.consumers;

import dev.monolift.OperatorMain;
import dev.monolift.OperatorOptions;
import dev.monolift.OperatorOptions.LeaderElection;
import dev.monolift.RunningOperator;
import dev.monolift.dns.ClusterDns;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An operator in this JVM, on a wire of its own. */
final class InThisProcess implements Member {
  private static final int WORKERS = 10;

  private final Wire wire;
  private final RunningOperator operator;
  private final Thread end;

  private InThisProcess(Wire wire, RunningOperator operator) {
    this.wire = wire;
    this.operator = operator;
    // a process ends when its operator does, also when it was killed
    this.end =
        Thread.ofVirtual()
            .start(
                () -> {
                  operator.awaitStop();
                  operator.close();
                });
  }

  /**
   * Starts one with the shipped rights.
   *
   * @param kubeconfig cluster and credentials
   * @param namespace the namespace to watch
   * @param election how it agrees with others; null believes to lead in any case
   * @param wire its way to the API server
   */
  static InThisProcess start(
      Path kubeconfig, String namespace, @Nullable LeaderElection election, Wire wire) {
    var main =
        new OperatorMain(
            config ->
                OperatorMain.client(config)
                    .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("wire", wire)),
            OperatorMain.kinds(null));
    return start(main, kubeconfig, namespace, election, wire);
  }

  /** Starts one of which parts were replaced. */
  static InThisProcess start(
      OperatorMain main,
      Path kubeconfig,
      String namespace,
      @Nullable LeaderElection election,
      Wire wire) {
    var options =
        new OperatorOptions(
            Config.fromKubeconfig(kubeconfig.toFile()),
            Set.of(namespace),
            election,
            0,
            ClusterDns.DEFAULT,
            WORKERS);
    return new InThisProcess(wire, main.start(options));
  }

  @Override
  public boolean isAlive() {
    return !wire.isCut() && end.isAlive();
  }

  @Override
  public void kill() {
    wire.cut();
  }

  @Override
  public void killAt(int write, boolean after) {
    wire.cutAt(write, after);
  }

  @Override
  public void pause() {
    wire.hold();
  }

  @Override
  public void resume() {
    wire.release();
  }

  @Override
  public void close() {
    wire.bury();
    operator.close();
    try {
      end.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
