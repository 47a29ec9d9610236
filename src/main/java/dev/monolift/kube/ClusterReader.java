package dev.monolift.kube;

import dev.monolift.plan.Deleted;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * What observers may ask: the informers' caches, and the API server where a cache cannot know.
 *
 * <p>Whoever asks for what is cached first, and then for what is deleted, never misses an object
 * that goes meanwhile; but may get it twice, with the same uid.
 */
public interface ClusterReader {

  /**
   * An object from the informer's cache. Caches hold only objects labelled as managed by Monolift,
   * and pods labelled as a worker's. Of pods they have only what a verdict can need.
   *
   * @param type a watched type
   * @param namespace its namespace
   * @param name its name
   * @param <T> type of the object
   * @return the cached object, not to be mutated; empty when the cache has none
   */
  <T extends HasMetadata> Optional<T> cached(Class<T> type, String namespace, String name);

  /**
   * Objects from the informer's cache with a label.
   *
   * @param type a watched type
   * @param namespace their namespace
   * @param label key of the label
   * @param value its value
   * @param <T> type of the objects
   * @return cached objects by name, not to be mutated
   */
  <T extends HasMetadata> List<T> cached(
      Class<T> type, String namespace, String label, String value);

  /**
   * An object read from the API server now.
   *
   * @param type its type
   * @param namespace its namespace
   * @param name its name
   * @param <T> type of the object
   * @return the object; empty when there is none
   */
  <T extends HasMetadata> Optional<T> live(Class<T> type, String namespace, String name);

  /**
   * Objects of the API server with a label, read now.
   *
   * @param type their type
   * @param namespace their namespace
   * @param label key of the label
   * @param value its value
   * @param <T> type of the objects
   * @return the objects
   */
  <T extends HasMetadata> List<T> liveList(
      Class<T> type, String namespace, String label, String value);

  /**
   * Objects that are gone since the last pass that wrote its status.
   *
   * @param type a watched type whose deleted objects are kept: Pod
   * @param namespace their namespace
   * @param label key of the label
   * @param value its value
   * @param <T> type of the objects
   * @return last states, the first that went first
   */
  <T extends HasMetadata> List<Deleted<T>> deleted(
      Class<T> type, String namespace, String label, String value);
}
