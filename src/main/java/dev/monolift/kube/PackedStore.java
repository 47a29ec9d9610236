package dev.monolift.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer keeps: objects without what no pass reads, as JSON. An object of the client's
 * model takes several times the memory of its text, most of it maps with nothing in them; memory is
 * paid per object and for ever, and reading the text is paid per pass.
 *
 * <p>Whoever reads an object gets one of his own.
 *
 * @param <T> type of the objects
 */
final class PackedStore<T extends HasMetadata> implements ItemStore<T> {
  private final UnaryOperator<T> trim;
  private final @Nullable Consumer<T> leaving;
  private final SharedTexts texts = new SharedTexts();
  private final Map<String, Packed<T>> objects = new ConcurrentHashMap<>();

  /** One object: its class, its text without long texts of ConfigMaps, and these. */
  private static final class Packed<T> {
    private final Class<T> type;
    private final byte[] json;
    private final Map<String, String> longTexts;

    Packed(Class<T> type, byte[] json, Map<String, String> longTexts) {
      this.type = type;
      this.json = json;
      this.longTexts = longTexts;
    }
  }

  /**
   * An empty store.
   *
   * @param trim drops from a new object what is not kept, in place
   */
  PackedStore(UnaryOperator<T> trim) {
    this(trim, null);
  }

  /**
   * An empty store that tells of what leaves it. The informer does so only afterwards, in another
   * thread.
   *
   * @param trim drops from a new object what is not kept, in place
   * @param leaving is given an object right before it is dropped; null when nobody wants to know
   */
  PackedStore(UnaryOperator<T> trim, @Nullable Consumer<T> leaving) {
    this.trim = trim;
    this.leaving = leaving;
  }

  @Override
  public String getKey(T object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  @Nullable
  public T put(String key, T object) {
    return unpacked(objects.put(key, packed(trim.apply(object))));
  }

  @Override
  @Nullable
  public T remove(String key) {
    T last = leaving == null ? null : get(key);
    if (last != null && leaving != null) {
      leaving.accept(last);
    }
    return unpacked(objects.remove(key));
  }

  @Override
  public Stream<String> keySet() {
    return objects.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return objects.values().stream().map(this::unpacked);
  }

  @Override
  public int size() {
    return objects.size();
  }

  @Override
  @Nullable
  public T get(String key) {
    return unpacked(objects.get(key));
  }

  /** What is kept is less than what came. */
  @Override
  public boolean isFullState() {
    return false;
  }

  @SuppressWarnings("unchecked") // the class of an object of type T
  private Packed<T> packed(T object) {
    try {
      Map<String, String> shared =
          object instanceof ConfigMap configMap ? texts.share(configMap.getData()) : Map.of();
      Object rest =
          shared.isEmpty()
              ? object
              : new ConfigMapBuilder((ConfigMap) object).removeFromData(shared).build();
      return new Packed<>(
          (Class<T>) object.getClass(), ClientJson.MAPPER.writeValueAsBytes(rest), shared);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable T unpacked(@Nullable Packed<T> packed) {
    if (packed == null) {
      return null;
    }
    try {
      T object = ClientJson.MAPPER.readValue(packed.json, packed.type);
      if (object instanceof ConfigMap configMap && !packed.longTexts.isEmpty()) {
        configMap.getData().putAll(packed.longTexts);
      }
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
