package dev.monolift.drain;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a container whose text is known: those that come from ConfigMaps.
 *
 * @param texts text by absolute path
 */
record VisibleFiles(Map<String, String> texts) {
  VisibleFiles {
    texts = Map.copyOf(texts);
  }

  /** The file of an absolute path. */
  Optional<String> text(String path) {
    return Optional.ofNullable(texts.get(path));
  }

  static VisibleFiles of(PodSpec pod, Container container, List<ConfigMap> configMaps) {
    Map<String, String> texts = new HashMap<>();
    for (VolumeMount mount : orEmpty(container.getVolumeMounts())) {
      for (Volume volume : orEmpty(pod.getVolumes())) {
        if (volume.getName().equals(mount.getName()) && volume.getConfigMap() != null) {
          add(texts, mount, files(volume.getConfigMap(), configMaps));
        }
      }
    }
    return new VisibleFiles(texts);
  }

  /** The files of a volume, by their paths in it. */
  private static Map<String, String> files(
      ConfigMapVolumeSource source, List<ConfigMap> configMaps) {
    Map<String, String> data = new HashMap<>();
    for (ConfigMap map : configMaps) {
      if (map.getMetadata().getName().equals(source.getName()) && map.getData() != null) {
        data.putAll(map.getData());
      }
    }
    if (orEmpty(source.getItems()).isEmpty()) {
      return data;
    }
    Map<String, String> chosen = new HashMap<>();
    for (KeyToPath item : source.getItems()) {
      String text = data.get(item.getKey());
      if (text != null) {
        chosen.put(item.getPath(), text);
      }
    }
    return chosen;
  }

  private static void add(Map<String, String> texts, VolumeMount mount, Map<String, String> files) {
    String root = mount.getMountPath().replaceFirst("/+$", "");
    String part = mount.getSubPath();
    files.forEach(
        (path, text) -> {
          if (part == null || part.isEmpty()) {
            texts.put(root + "/" + path, text);
          } else if (part.equals(path)) {
            texts.put(root, text);
          }
        });
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
