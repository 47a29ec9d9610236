package dev.monolift.operator;

import dev.monolift.plan.GatePod;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the consumers of one worker as a watch tells of them, one change after the other: no state
 * in between is missed, as it is when somebody looks now and then.
 */
final class LiveConsumers implements Watcher<Pod>, AutoCloseable {
  private final Map<String, GatePod> pods = new HashMap<>();
  private final List<Duration> waits = new ArrayList<>();
  private final Watch watch;
  private int most;
  private long freeSince;

  LiveConsumers(KubernetesClient client, String namespace, String worker) {
    this.watch = client.pods().inNamespace(namespace).withLabel(Labels.WORKER, worker).watch(this);
  }

  @Override
  public synchronized void eventReceived(Action action, Pod pod) {
    String uid = pod.getMetadata().getUid();
    int before = alive();
    if (action == Action.DELETED) {
      pods.remove(uid);
    } else if (action == Action.ADDED || action == Action.MODIFIED) {
      pods.put(uid, GatePod.of(pod));
    }
    int after = alive();
    most = Math.max(most, after);
    if (after < before && pods.values().stream().anyMatch(GatePod::isWaiting)) {
      freeSince = System.nanoTime();
    } else if (after > before && freeSince != 0) {
      waits.add(Duration.ofNanos(System.nanoTime() - freeSince));
      freeSince = 0;
    }
  }

  synchronized int alive() {
    return (int) pods.values().stream().filter(GatePod::isAlive).count();
  }

  synchronized int waiting() {
    return (int) pods.values().stream().filter(GatePod::isWaiting).count();
  }

  /** Most that were alive at the same moment since the start or the last call. */
  synchronized int most() {
    int result = most;
    most = alive();
    return result;
  }

  /**
   * Times from the moment in which a place got free while a pod waited, to the next open gate; both
   * as this watch was told of them, in ascending order.
   */
  synchronized List<Duration> waits() {
    return waits.stream().sorted().toList();
  }

  @Override
  public void onClose(WatcherException cause) {
    throw new IllegalStateException("the watch that counts consumers is down", cause);
  }

  @Override
  public void onClose() {
    // at the end of the test
  }

  @Override
  public void close() {
    watch.close();
  }
}
