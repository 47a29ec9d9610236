package dev.monolift.cli;

import dev.monolift.kube.ClusterReader;
import dev.monolift.plan.Deleted;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects of files in the place of a cluster. As in the operator's caches, only objects labelled as
 * managed by Monolift are cached; all can be read live.
 */
final class FileCluster implements ClusterReader {
  private final List<HasMetadata> objects;

  FileCluster(List<? extends HasMetadata> objects) {
    this.objects = List.copyOf(objects);
  }

  @Override
  public <T extends HasMetadata> Optional<T> cached(Class<T> type, String namespace, String name) {
    return live(type, namespace, name)
        .filter(object -> Labels.MONOLIFT.equals(label(object, Labels.MANAGED_BY)));
  }

  @Override
  public <T extends HasMetadata> List<T> cached(
      Class<T> type, String namespace, String label, String value) {
    return in(type, namespace)
        .filter(object -> Labels.MONOLIFT.equals(label(object, Labels.MANAGED_BY)))
        .filter(object -> value.equals(label(object, label)))
        .sorted(Comparator.comparing(object -> object.getMetadata().getName()))
        .toList();
  }

  @Override
  public <T extends HasMetadata> Optional<T> live(Class<T> type, String namespace, String name) {
    return in(type, namespace)
        .filter(object -> name.equals(object.getMetadata().getName()))
        .findFirst();
  }

  @Override
  public <T extends HasMetadata> List<T> liveList(
      Class<T> type, String namespace, String label, String value) {
    return in(type, namespace).filter(object -> value.equals(label(object, label))).toList();
  }

  @Override
  public <T extends HasMetadata> List<Deleted<T>> deleted(
      Class<T> type, String namespace, String label, String value) {
    return List.of();
  }

  private <T extends HasMetadata> Stream<T> in(Class<T> type, String namespace) {
    return objects.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(object -> namespace.equals(object.getMetadata().getNamespace()));
  }

  private static String label(HasMetadata object, String key) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(key, "");
  }
}
