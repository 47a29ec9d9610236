package dev.monolift;

import dev.monolift.kube.ChildInformers;
import dev.monolift.kube.Pruned;
import dev.monolift.kube.ReconcileLoop;
import dev.monolift.metrics.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.health.ControllerHealthInfo;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The operator framework as we use it: its watches on resources, its queue, retries and election.
 */
final class Framework {
  // a waiting replica asks for a free lease every 1.3 to 2.9 s
  private static final Duration RETRY_PERIOD = Duration.ofMillis(1300);
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  /** Passes never change the resource they are given, so it need not be copied for each. */
  private static final Cloner NO_COPY =
      new Cloner() {
        @Override
        public <R extends HasMetadata> R clone(R object) {
          return object;
        }
      };

  private final OperatorOptions options;
  private final Leadership leadership;
  private final Operator operator;
  private volatile boolean started;

  Framework(
      OperatorOptions options, KubernetesClient client, Leadership leadership, Registry registry) {
    this.options = options;
    this.leadership = leadership;
    this.operator = new Operator(o -> configure(o, client, registry));
  }

  private void configure(
      ConfigurationServiceOverrider o, KubernetesClient client, Registry registry) {
    o.withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withResourceCloner(NO_COPY)
        .withMetrics(registry.frameworkMetrics())
        .withExecutorService(
            Executors.newFixedThreadPool(
                options.workers(), Thread.ofVirtual().name("pass-", 0).factory()))
        .withReconciliationTerminationTimeout(OperatorMain.LONGEST_SHUTDOWN)
        .withInformerStoppedHandler(
            (informer, failure) -> {
              if (failure != null && started) {
                leadership.broken(
                    "The watch on " + informer + " ended: " + failure.getMessage() + ".");
              }
            });
    var election = options.election();
    if (election != null) {
      o.withLeaderElectionConfiguration(election(election));
    }
  }

  private LeaderElectionConfiguration election(OperatorOptions.LeaderElection election) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(election.lease())
        .withLeaseNamespace(election.namespace())
        .withIdentity(election.identity())
        .withLeaseDuration(LEASE_DURATION)
        .withRenewDeadline(RENEW_DEADLINE)
        .withRetryPeriod(RETRY_PERIOD)
        .withLeaderCallbacks(new LeaderCallbacks(leadership::won, leadership::lost, holder -> {}))
        .build();
  }

  /** Starts the watches, waits for their first lists, and takes up work or waits for the lease. */
  void start(List<Reconciler<? extends HasMetadata>> reconcilers) {
    reconcilers.forEach(this::register);
    if (options.election() == null) {
      leadership.won();
    }
    operator.start();
    started = true;
  }

  private <P extends HasMetadata> void register(Reconciler<P> reconciler) {
    operator.register(
        reconciler,
        o -> {
          o.withRetry(
                  new GenericRetry()
                      .withoutMaxAttempts()
                      .setInitialInterval(FIRST_RETRY)
                      .setIntervalMultiplier(2)
                      .setMaxInterval(LONGEST_RETRY.toMillis()))
              .withReconciliationMaxInterval(ReconcileLoop.FAILSAFE)
              .withInformerListLimit(ChildInformers.LIST_PAGE);
          // Every namespace has an informer of its own, and all would get this one store: what the
          // list of one does not have is deleted from it, although it is another's.
          if (options.namespaces().size() <= 1) {
            o.withItemStore(Pruned.resources());
          }
          if (options.namespaces().isEmpty()) {
            o.watchingAllNamespaces();
          } else {
            o.settingNamespaces(options.namespaces());
          }
        });
  }

  /** Names of the CustomResourceDefinitions that are watched. */
  @SuppressWarnings("rawtypes")
  List<String> definitions() {
    var names = new ArrayList<String>();
    for (RegisteredController controller : operator.getRegisteredControllers()) {
      names.add(controller.getConfiguration().getResourceTypeName());
    }
    return names;
  }

  /** What is not ready, one sentence each. */
  @SuppressWarnings("rawtypes")
  List<String> notReady(ChildInformers children) {
    if (!started) {
      return List.of("The caches are not filled yet.");
    }
    var sentences = new ArrayList<String>();
    for (RegisteredController controller : operator.getRegisteredControllers()) {
      if (!isWatching(controller.getControllerHealthInfo())) {
        sentences.add("The watch for " + controller.getConfiguration().getName() + " is down.");
      }
    }
    if (!children.areWatching()) {
      sentences.add("A watch on children is down.");
    }
    return sentences;
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static boolean isWatching(ControllerHealthInfo health) {
    for (var source : health.informerEventSourceHealthIndicators().values()) {
      Map<String, InformerHealthIndicator> informers = source.informerHealthIndicators();
      for (var informer : informers.values()) {
        if (!informer.isRunning() || !informer.hasSynced() || !informer.isWatching()) {
          return false;
        }
      }
    }
    return true;
  }

  void stop() {
    operator.stop();
  }
}
