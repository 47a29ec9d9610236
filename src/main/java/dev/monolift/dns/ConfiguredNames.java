package dev.monolift.dns;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A relative Service name in the pod's configuration.
 *
 * @param name the name as it stands there
 * @param where where it stands
 */
record ConfiguredNames(String name, String where) {

  /**
   * Every Service name with two or more dots in env values, commands and arguments of all
   * containers, in php.ini values of the endpoints and in the given ConfigMaps. Names that the
   * pod's hostAliases answer are left out: ndots does not matter to them.
   *
   * @param request the request
   * @return names with their places, without duplicates, in the order of the template
   */
  static List<ConfiguredNames> of(DnsRequest request) {
    var found = new LinkedHashSet<ConfiguredNames>();
    PodSpec pod = request.template().getSpec();
    var containers = new ArrayList<Container>(pod.getInitContainers());
    containers.addAll(pod.getContainers());
    for (Container container : containers) {
      String of = " of container " + container.getName();
      for (EnvVar env : container.getEnv()) {
        add(found, env.getValue(), "env " + env.getName() + of);
      }
      container.getCommand().forEach(word -> add(found, word, "command" + of));
      container.getArgs().forEach(word -> add(found, word, "args" + of));
    }
    if (request.spec() != null && request.spec().endpoints() != null) {
      request
          .spec()
          .endpoints()
          .forEach(endpoint -> add(found, endpoint.value(), "phpIni " + endpoint.phpIni()));
    }
    for (ConfigMap map : request.configMaps()) {
      Map<String, String> data = map.getData() == null ? Map.of() : map.getData();
      data.forEach(
          (key, text) ->
              add(found, text, "key " + key + " of ConfigMap " + map.getMetadata().getName()));
    }
    Set<String> aliases = HostName.aliases(pod);
    found.removeIf(name -> aliases.contains(name.name().toLowerCase(Locale.ROOT)));
    return List.copyOf(found);
  }

  /**
   * Number of dots; a placeholder may hold some, so that a name with one counts as two at least.
   *
   * @return the number
   */
  int dots() {
    int dots = ResolverSearch.dots(name);
    return name.contains("$") ? Math.max(2, dots) : dots;
  }

  private static void add(Set<ConfiguredNames> found, @Nullable String text, String where) {
    if (text != null) {
      ServiceNames.in(text).forEach(name -> found.add(new ConfiguredNames(name, where)));
    }
  }
}
