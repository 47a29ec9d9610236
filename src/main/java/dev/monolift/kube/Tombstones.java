package dev.monolift.kube;

import dev.monolift.plan.Deleted;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last states of objects that are gone, until a pass has written what it made of them. An
 * object that the store has dropped but whose end has not been told yet counts as being there: so
 * at any moment it is there or here, and no pass can miss it.
 *
 * @param <T> type of the objects
 */
final class Tombstones<T extends HasMetadata> {
  /**
   * Most of them. When passes fail for long, for example because the API server refuses the status,
   * the verdict of the oldest is lost: its pod counts as Unknown then.
   */
  static final int MOST = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(Tombstones.class);

  private final Map<String, T> leaving = new LinkedHashMap<>();
  private final Map<String, Deleted<T>> gone = new LinkedHashMap<>();

  /** The store is about to drop an object. */
  synchronized void leaves(T last) {
    leaving.put(uid(last), last);
  }

  /** The end of an object is told from now on. */
  synchronized void add(Deleted<T> deleted) {
    String uid = uid(deleted.last());
    leaving.remove(uid);
    gone.put(uid, deleted);
    if (gone.size() > MOST) {
      drop();
    }
  }

  /** The oldest of the owner that has most: a flood takes its own, not those of others. */
  private void drop() {
    Map<String, Long> counts =
        gone.values().stream()
            .collect(Collectors.groupingBy(Tombstones::owner, Collectors.counting()));
    String most =
        counts.entrySet().stream()
            .max(Comparator.comparingLong(Map.Entry::getValue))
            .orElseThrow()
            .getKey();
    String oldest =
        gone.entrySet().stream()
            .filter(entry -> owner(entry.getValue()).equals(most))
            .findFirst()
            .orElseThrow()
            .getKey();
    var dropped = Objects.requireNonNull(gone.remove(oldest));
    if (!dropped.whileLeading()) {
      return; // another process has dealt with it; here no pass runs that could
    }
    T lost = dropped.last();
    LOG.warn(
        "Too many pods have ended without a pass that could write its status; how pod {}/{} ended"
            + " is forgotten.",
        lost.getMetadata().getNamespace(),
        lost.getMetadata().getName());
  }

  /** Objects that the store has dropped or is about to drop, and whose end is not told yet. */
  synchronized List<T> leaving() {
    return List.copyOf(leaving.values());
  }

  synchronized List<Deleted<T>> gone() {
    return List.copyOf(gone.values());
  }

  /** The end of an object has been dealt with. */
  synchronized void forget(HasMetadata last) {
    gone.remove(uid(last));
  }

  /** The ends of these objects concern nobody any more. */
  synchronized void forgetIf(Predicate<T> which) {
    gone.values().removeIf(deleted -> which.test(deleted.last()));
  }

  private static String owner(Deleted<?> deleted) {
    var metadata = deleted.last().getMetadata();
    return metadata.getNamespace() + "/" + metadata.getLabels().get(Labels.WORKER);
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }
}
