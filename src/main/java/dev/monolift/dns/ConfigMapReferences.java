package dev.monolift.dns;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every place of a pod that names a ConfigMap. */
final class ConfigMapReferences {
  private ConfigMapReferences() {}

  /**
   * Whether a template uses a ConfigMap.
   *
   * @param template the template
   * @param name name of the ConfigMap
   * @return whether a volume or a container names it
   */
  static boolean uses(PodTemplateSpec template, String name) {
    return all(template.getSpec()).stream().anyMatch(reference -> name.equals(reference.get()));
  }

  /**
   * Points references to other ConfigMaps, in place.
   *
   * @param template the template; it is changed
   * @param renamed new names by old names
   */
  static void rename(PodTemplateSpec template, Map<String, String> renamed) {
    for (Reference reference : all(template.getSpec())) {
      String name = reference.get();
      String wanted = name == null ? null : renamed.get(name);
      if (wanted != null) {
        reference.setter().accept(wanted);
      }
    }
  }

  private record Reference(Supplier<@Nullable String> getter, Consumer<String> setter) {
    private @Nullable String get() {
      return getter.get();
    }
  }

  private static List<Reference> all(PodSpec pod) {
    var references = new ArrayList<Reference>();
    pod.getVolumes().forEach(volume -> inVolume(volume, references));
    Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
        .forEach(container -> inContainer(container, references));
    return references;
  }

  private static void inVolume(Volume volume, List<Reference> references) {
    var map = volume.getConfigMap();
    if (map != null) {
      references.add(new Reference(map::getName, map::setName));
    }
    if (volume.getProjected() != null) {
      for (var source : volume.getProjected().getSources()) {
        var projected = source.getConfigMap();
        if (projected != null) {
          references.add(new Reference(projected::getName, projected::setName));
        }
      }
    }
  }

  private static void inContainer(Container container, List<Reference> references) {
    for (var source : container.getEnvFrom()) {
      var map = source.getConfigMapRef();
      if (map != null) {
        references.add(new Reference(map::getName, map::setName));
      }
    }
    for (var env : container.getEnv()) {
      var key = env.getValueFrom() == null ? null : env.getValueFrom().getConfigMapKeyRef();
      if (key != null) {
        references.add(new Reference(key::getName, key::setName));
      }
    }
  }
}
