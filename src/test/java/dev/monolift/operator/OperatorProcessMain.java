package dev.monolift.operator;

import dev.monolift.OperatorMain;
import dev.monolift.OperatorOptions;
import dev.monolift.dns.ClusterDns;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The operator's process as tests run it: as shipped, but that it can be made to die right before
 * one of its writes.
 */
final class OperatorProcessMain {
  /** Exit code of a process that died at its fault point, as of one that was killed. */
  static final int DIED = 137;

  private OperatorProcessMain() {}

  /** Arguments: kubeconfig, fault point (0 is none), then namespaces to watch (none is all). */
  public static void main(String[] args) {
    var config = Config.fromKubeconfig(Path.of(args[0]).toFile());
    int fault = Integer.parseInt(args[1]);
    var namespaces = Set.copyOf(List.of(args).subList(2, args.length));
    var election =
        namespaces.isEmpty()
            ? new OperatorOptions.LeaderElection(
                OperatorIdentity.NAMESPACE, "monolift", "pid-" + ProcessHandle.current().pid())
            : null;
    var options =
        new OperatorOptions(
            config, namespaces, election, 0, ClusterDns.DEFAULT, OperatorOptions.DEFAULT_WORKERS);
    var main =
        new OperatorMain(
            c ->
                OperatorMain.client(c)
                    .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("fault", new DieBeforeWrite(fault))),
            OperatorMain.kinds("monolift.example/monolift:test"));
    System.exit(main.runUntilStopped(options));
  }

  /** Counts writes and halts the JVM instead of sending the n-th. Leases do not count. */
  private static final class DieBeforeWrite implements Interceptor {
    private final int fault;
    private final AtomicInteger writes = new AtomicInteger();

    DieBeforeWrite(int fault) {
      this.fault = fault;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      boolean write =
          !request.method().equals("GET")
              && !request.uri().getPath().contains("/leases")
              && !request.uri().getPath().contains("/selfsubject");
      if (write && writes.incrementAndGet() == fault) {
        Runtime.getRuntime().halt(DIED);
      }
    }
  }
}
