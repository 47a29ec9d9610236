package dev.monolift.kube;

import dev.monolift.plan.Deleted;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one pass has seen: a cached object is the same whenever the pass asks for it. Without that
 * the executor could see an edit that the planner did not, and put it right without a word. An
 * object that changes meanwhile wakes its owner for another pass.
 */
final class PassReader implements ClusterReader {
  private final ChildInformers reader;
  private final Map<List<String>, Optional<? extends HasMetadata>> seen = new HashMap<>();
  private final List<HasMetadata> gone = new ArrayList<>();

  /**
   * A reader for one pass, by one thread.
   *
   * @param reader where it reads what it has not seen yet
   */
  PassReader(ChildInformers reader) {
    this.reader = reader;
  }

  @Override
  @SuppressWarnings("unchecked") // the key has the type
  public <T extends HasMetadata> Optional<T> cached(Class<T> type, String namespace, String name) {
    return (Optional<T>)
        seen.computeIfAbsent(
            List.of(type.getName(), namespace, name), key -> reader.cached(type, namespace, name));
  }

  @Override
  public <T extends HasMetadata> List<T> cached(
      Class<T> type, String namespace, String label, String value) {
    List<T> found = reader.cached(type, namespace, label, value);
    for (T object : found) {
      seen.putIfAbsent(
          List.of(type.getName(), namespace, object.getMetadata().getName()), Optional.of(object));
    }
    return found;
  }

  @Override
  public <T extends HasMetadata> Optional<T> live(Class<T> type, String namespace, String name) {
    return reader.live(type, namespace, name);
  }

  @Override
  public <T extends HasMetadata> List<T> liveList(
      Class<T> type, String namespace, String label, String value) {
    return reader.liveList(type, namespace, label, value);
  }

  @Override
  public <T extends HasMetadata> List<Deleted<T>> deleted(
      Class<T> type, String namespace, String label, String value) {
    List<Deleted<T>> found = reader.deleted(type, namespace, label, value);
    found.forEach(deleted -> gone.add(deleted.last()));
    return found;
  }

  /**
   * The status tells of everything that this pass has seen: the objects that are gone need not be
   * shown to another one. A pass that fails never comes here, and so the next one sees them again.
   */
  void settled() {
    gone.forEach(reader::forget);
    gone.clear();
  }
}
