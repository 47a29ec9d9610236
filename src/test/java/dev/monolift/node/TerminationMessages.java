package dev.monolift.node;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** What kubelet made of the termination messages of programs whose pods may be gone. */
final class TerminationMessages implements Watcher<Pod>, AutoCloseable {
  private final Map<String, String> messages = new ConcurrentHashMap<>();
  private final Watch watch;

  TerminationMessages(KubernetesClient client, String namespace) {
    watch = client.pods().inNamespace(namespace).watch(this);
  }

  @Override
  public void eventReceived(Action action, Pod pod) {
    pod.getStatus().getContainerStatuses().stream()
        .filter(status -> status.getName().equals(WorkerPod.CONTAINER))
        .map(ContainerStatus::getState)
        .filter(state -> state.getTerminated() != null)
        .forEach(
            state ->
                messages.put(
                    pod.getMetadata().getName(),
                    Objects.toString(state.getTerminated().getMessage(), "")));
  }

  @Override
  public void onClose(WatcherException cause) {
    // what is missing then fails the test
  }

  /** The message of a pod's program; empty when it had none, or was not seen to end. */
  String of(String pod) {
    return messages.getOrDefault(pod, "");
  }

  @Override
  public void close() {
    watch.close();
  }
}
