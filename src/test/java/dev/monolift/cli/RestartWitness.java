package dev.monolift.cli;

import dev.monolift.restart.RestartNames;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sees every change of the Deployments of a namespace, in the order in which the API server made
 * them, and says which restarts ran at the same time.
 */
final class RestartWitness implements Watcher<Deployment>, AutoCloseable {
  private final Watch watch;
  private final Queue<Deployment> changes = new ConcurrentLinkedQueue<>();
  private volatile @Nullable WatcherException broken;

  RestartWitness(KubernetesClient client, String namespace) {
    this.watch = client.apps().deployments().inNamespace(namespace).watch(this);
  }

  @Override
  public void eventReceived(Action action, Deployment deployment) {
    changes.add(deployment);
  }

  @Override
  public void onClose(WatcherException cause) {
    broken = cause;
  }

  /** Whether nothing of a rollout is left to wait for. */
  static boolean isComplete(Deployment deployment) {
    var status = deployment.getStatus();
    return status != null
        && Objects.equals(status.getObservedGeneration(), deployment.getMetadata().getGeneration())
        && Objects.equals(status.getUpdatedReplicas(), deployment.getSpec().getReplicas())
        && Objects.equals(status.getReplicas(), deployment.getSpec().getReplicas())
        && Objects.equals(status.getAvailableReplicas(), deployment.getSpec().getReplicas());
  }

  /** The restarts of some Deployments, in their order, and how many ran at the most. */
  Restarts restarts(Predicate<String> names) {
    if (broken != null) {
      throw new AssertionError("the watch broke", broken);
    }
    var restarted = new ArrayList<String>();
    var running = new ArrayList<String>();
    Map<String, String> last = new HashMap<>();
    int most = 0;
    for (Deployment change : changes) {
      String name = change.getMetadata().getName();
      if (!names.test(name)) {
        continue;
      }
      String at = restartedAt(change);
      String before = last.put(name, at);
      if (before != null && !before.equals(at)) {
        restarted.add(name);
        running.add(name);
        most = Math.max(most, running.size());
      } else if (isComplete(change)) {
        running.remove(name);
      }
    }
    return new Restarts(restarted, most, running);
  }

  private static String restartedAt(Deployment deployment) {
    return Objects.requireNonNullElse(
        deployment
            .getSpec()
            .getTemplate()
            .getMetadata()
            .getAnnotations()
            .get(RestartNames.RESTARTED_AT),
        "");
  }

  @Override
  public void close() {
    watch.close();
  }

  /**
   * What was seen.
   *
   * @param order names in the order of their restarts
   * @param most how many were rolled out at the same time
   * @param unfinished names of those that are not complete
   */
  record Restarts(List<String> order, int most, List<String> unfinished) {}
}
