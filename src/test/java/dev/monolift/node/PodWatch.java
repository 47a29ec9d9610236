package dev.monolift.node;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sees every change of the pods of a namespace that have the label of a {@link Subject}, beside the
 * operator's own watch and by this machine's clock.
 */
final class PodWatch implements Watcher<Pod>, AutoCloseable {
  private static final Set<String> FINAL = Set.of("Succeeded", "Failed");

  private final Map<String, PodLife> lives = new LinkedHashMap<>();
  private final Watch watch;
  private @Nullable Exception broken;

  PodWatch(KubernetesClient client, String namespace) {
    this.watch = client.pods().inNamespace(namespace).withLabel(Subject.LABEL).watch(this);
  }

  @Override
  public synchronized void eventReceived(Action action, Pod pod) {
    if (action == Action.ADDED || action == Action.MODIFIED || action == Action.DELETED) {
      String name = pod.getMetadata().getName();
      lives.put(name, next(lives.get(name), pod, action == Action.DELETED, Instant.now()));
    }
  }

  private static PodLife next(@Nullable PodLife before, Pod pod, boolean gone, Instant now) {
    boolean requested = gone || pod.getMetadata().getDeletionTimestamp() != null;
    boolean started = is(pod, s -> s.getRunning() != null || s.getTerminated() != null);
    boolean ended =
        gone
            || FINAL.contains(String.valueOf(pod.getStatus().getPhase()))
            || (requested && is(pod, s -> s.getTerminated() != null));
    return new PodLife(
        pod.getMetadata().getName(),
        Objects.requireNonNull(pod.getMetadata().getLabels().get(Subject.LABEL)),
        !ended && is(pod, s -> s.getRunning() != null),
        started || (before != null && before.hasRun()),
        first(before, PodLife::requested, requested, now),
        first(before, PodLife::ended, ended, now),
        first(before, PodLife::gone, gone, now),
        ended ? exitCode(pod) : null);
  }

  private static @Nullable Integer exitCode(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(status -> status.getState().getTerminated())
        .filter(Objects::nonNull)
        .map(ContainerStateTerminated::getExitCode)
        .findFirst()
        .orElse(null);
  }

  private static boolean is(Pod pod, Function<ContainerState, Boolean> state) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .anyMatch(it -> it != null && state.apply(it));
  }

  private static @Nullable Instant first(
      @Nullable PodLife before,
      Function<PodLife, @Nullable Instant> which,
      boolean isSo,
      Instant now) {
    Instant known = before == null ? null : which.apply(before);
    return known == null && isSo ? now : known;
  }

  /** Every pod that there was, in the order of their creation. */
  synchronized List<PodLife> pods() {
    if (broken != null) {
      throw new IllegalStateException("the test's watch on pods is down", broken);
    }
    return List.copyOf(lives.values());
  }

  /** The pods of a subject. */
  List<PodLife> of(Subject subject) {
    return pods().stream().filter(pod -> pod.subject().equals(subject.name())).toList();
  }

  @Override
  public synchronized void onClose(WatcherException cause) {
    broken = cause;
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
