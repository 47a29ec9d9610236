package dev.monolift;

import dev.monolift.kube.ChildInformers;
import dev.monolift.kube.LeaderLease;
import dev.monolift.management.ManagementServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator that has been started. Closing it is its graceful end. */
public final class RunningOperator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningOperator.class);

  /** Exit code of an operator that was told to stop. */
  public static final int EXIT_OK = 0;

  /** Exit code of an operator that lost its lease or a watch and has to be started again. */
  public static final int EXIT_LOST = 4;

  /** Within the 30 s that Kubernetes gives a pod by default. */
  private static final Duration LONGEST_END = Duration.ofSeconds(20);

  private final Framework framework;
  private final Leadership leadership;
  private final Parts parts;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * What ends with the operator.
   *
   * @param client client
   * @param children watches on children
   * @param management HTTP server
   * @param lease the lease to give back; null without an election
   */
  record Parts(
      KubernetesClient client,
      ChildInformers children,
      ManagementServer management,
      @Nullable LeaderLease lease) {}

  RunningOperator(Framework framework, Leadership leadership, Parts parts) {
    this.framework = framework;
    this.leadership = leadership;
    this.parts = parts;
  }

  /**
   * The port of /livez, /readyz and /metrics.
   *
   * @return a TCP port
   */
  public int managementPort() {
    return parts.management().port();
  }

  /**
   * Whether this process leads.
   *
   * @return true also when there is no election
   */
  public boolean isLeading() {
    return leadership.leads();
  }

  /**
   * Whether all watches are connected.
   *
   * @return what /readyz says
   */
  public boolean isReady() {
    return framework.notReady(parts.children()).isEmpty();
  }

  /**
   * Waits for the end.
   *
   * @return the exit code: {@link #EXIT_OK} after {@link #close}, {@link #EXIT_LOST} when the
   *     process has to be replaced
   */
  public int awaitStop() {
    return leadership.exit().join();
  }

  /**
   * Takes no more work, lets running passes finish for at most {@link
   * OperatorMain#LONGEST_SHUTDOWN}, gives the lease back and closes everything. Later calls do
   * nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    LOG.info("Stopping.");
    leadership.stopping();
    quietly(framework::stop);
    // from here on a pass that did not finish in time is refused its writes
    leadership.end(EXIT_OK);
    if (parts.lease() != null && leadership.hasLed()) {
      quietly(parts.lease()::release);
    }
    quietly(parts.children()::close);
    quietly(parts.management()::close);
    quietly(parts.client()::close);
    LOG.info("Stopped.");
  }

  /**
   * Closes the operator when the process is told to end, and ends the process with the operator's
   * exit code: the JVM's own after a SIGTERM is 143, which looks like a failure in a pod's status.
   */
  void endWithProcess() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  Thread closing = Thread.ofVirtual().start(this::close);
                  try {
                    // with the API server away, giving the lease back may take longer than we have
                    closing.join(LONGEST_END);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  leadership.end(EXIT_OK);
                  Runtime.getRuntime().halt(awaitStop());
                },
                "end"));
  }

  private static void quietly(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      LOG.warn("While stopping: {}", e.toString());
    }
  }
}
