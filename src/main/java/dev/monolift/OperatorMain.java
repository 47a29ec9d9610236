package dev.monolift;

import dev.monolift.cli.Monolift;
import dev.monolift.dns.ClusterDns;
import dev.monolift.kube.ChildInformers;
import dev.monolift.kube.ClientJson;
import dev.monolift.kube.ClusterWriter;
import dev.monolift.kube.EventRecorder;
import dev.monolift.kube.GateKeeper;
import dev.monolift.kube.Kernel;
import dev.monolift.kube.LeaderLease;
import dev.monolift.kube.PlanExecutor;
import dev.monolift.management.Logs;
import dev.monolift.management.ManagementServer;
import dev.monolift.metrics.OperatorMeters;
import dev.monolift.metrics.Registry;
import dev.monolift.monolithworker.MonolithWorkerObserver;
import dev.monolift.monolithworker.MonolithWorkerPlanner;
import dev.monolift.monolithworker.MonolithWorkerReconciler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The composition root: the only place that constructs things that do I/O. */
public final class OperatorMain {
  /** Longest time that {@link RunningOperator#close} lets running passes finish. */
  public static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(10);

  private static final List<Class<? extends HasMetadata>> CHILDREN =
      List.of(
          Deployment.class,
          ConfigMap.class,
          Pod.class,
          ServiceAccount.class,
          Role.class,
          RoleBinding.class,
          CronJob.class,
          Lease.class);
  private static final int REQUEST_RETRIES = 3;
  private static final int INSTANCE_LENGTH = 128;

  private final Function<Config, KubernetesClientBuilder> clients;
  private final Kinds kinds;

  /**
   * Makes the reconcilers of all kinds.
   *
   * @see Reconciler
   */
  @FunctionalInterface
  public interface Kinds {

    /**
     * Makes them.
     *
     * @param children caches of their children
     * @param dns what the cluster's resolver adds to names
     * @param kernel what all loops share
     * @return one reconciler per kind
     */
    List<Reconciler<? extends HasMetadata>> reconcilers(
        ChildInformers children, ClusterDns dns, Kernel kernel);
  }

  /**
   * A composition whose outermost parts are given; tests replace them.
   *
   * @param clients makes the builder of the client, for example with an interceptor
   * @param kinds makes the reconcilers
   */
  public OperatorMain(Function<Config, KubernetesClientBuilder> clients, Kinds kinds) {
    this.clients = clients;
    this.kinds = kinds;
  }

  /**
   * The kinds that Monolift has.
   *
   * @param image image of the operator; null when it is not known
   * @return what makes their reconcilers
   */
  public static Kinds kinds(@Nullable String image) {
    return (children, dns, kernel) ->
        List.of(
            new MonolithWorkerReconciler(
                children,
                (worker, reader) -> new MonolithWorkerObserver(reader).observe(worker),
                new MonolithWorkerPlanner(dns, PackagedFiles.drainProgram(), image),
                kernel));
  }

  /**
   * The program {@code monolift}.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    // Without a configuration the library logs everything, to standard output.
    Logs.configureWarnings();
    System.exit(Monolift.commandLine(OperatorMain::run, InstantSource.system()).execute(args));
  }

  /**
   * Runs the operator as users have it, until the process gets a SIGTERM or has to be replaced.
   *
   * @param options how it runs
   * @return exit code of the process
   * @throws StartFailure when it cannot start; the message says why
   */
  public static int run(OperatorOptions options) {
    return new OperatorMain(OperatorMain::client, kinds(options.image())).runUntilStopped(options);
  }

  /**
   * Runs this operator until the process gets a SIGTERM or has to be replaced.
   *
   * @param options how it runs
   * @return exit code of the process
   * @throws StartFailure when it cannot start; the message says why
   */
  public int runUntilStopped(OperatorOptions options) {
    RunningOperator operator = start(options);
    operator.endWithProcess();
    return operator.awaitStop();
  }

  /**
   * The client as the operator uses it.
   *
   * @param config the cluster and the credentials
   * @return a builder
   */
  public static KubernetesClientBuilder client(Config config) {
    // a pass that failed is repeated with a longer backoff anyway; a request need not be for long
    return new KubernetesClientBuilder()
        .withKubernetesSerialization(ClientJson.serialization())
        .withConfig(
            new ConfigBuilder(config).withRequestRetryBackoffLimit(REQUEST_RETRIES).build());
  }

  /**
   * Starts an operator. It works, or waits for the lease, when this returns.
   *
   * @param options how it runs
   * @return the running operator; the caller closes it
   * @throws StartFailure when it cannot start; the message says why
   */
  public RunningOperator start(OperatorOptions options) {
    KubernetesClient client = clients.apply(options.kubernetes()).build();
    var leadership = new Leadership();
    var registry = new Registry();
    var children = new ChildInformers(client, CHILDREN, options.namespaces(), leadership::mayWrite);
    var framework = new Framework(options, client, leadership, registry);
    var management =
        ManagementServer.start(
            options.managementPort(), () -> framework.notReady(children), registry::scrape);
    var parts = new RunningOperator.Parts(client, children, management, lease(options, client));
    var operator = new RunningOperator(framework, leadership, parts);
    try {
      var reconcilers =
          kinds.reconcilers(
              children, options.dns(), kernel(options, client, leadership, registry, children));
      if (parts.lease() != null) {
        parts.lease().letOthersGoFirst(children::start);
      }
      framework.start(reconcilers);
      return operator;
    } catch (InterruptedException e) {
      operator.close();
      Thread.currentThread().interrupt();
      throw StartFailure.of(e, options.kubernetes().getMasterUrl(), framework.definitions());
    } catch (RuntimeException e) {
      operator.close();
      throw StartFailure.of(e, options.kubernetes().getMasterUrl(), framework.definitions());
    }
  }

  private static Kernel kernel(
      OperatorOptions options,
      KubernetesClient client,
      Leadership leadership,
      Registry registry,
      ChildInformers children) {
    var serialization = client.getKubernetesSerialization();
    var meters = new OperatorMeters(registry.meters());
    var writer = new ClusterWriter(client, meters, leadership::mayWrite);
    var election = options.election();
    String instance = election == null ? "monolift" : election.identity();
    return new Kernel(
        serialization,
        new PlanExecutor(
            children, writer, new GateKeeper(children, writer, meters, InstantSource.system())),
        new EventRecorder(
            writer,
            InstantSource.system(),
            instance.substring(0, Math.min(instance.length(), INSTANCE_LENGTH))),
        writer,
        meters,
        InstantSource.system());
  }

  private static @Nullable LeaderLease lease(OperatorOptions options, KubernetesClient client) {
    var election = options.election();
    return election == null
        ? null
        : new LeaderLease(
            client,
            election.namespace(),
            election.lease(),
            election.identity(),
            InstantSource.system());
  }
}
