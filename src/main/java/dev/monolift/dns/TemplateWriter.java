package dev.monolift.dns;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes the decisions into a copy of the template. */
final class TemplateWriter {
  private final DnsRequest request;
  private final List<JudgedEndpoint> endpoints;
  private final DotEdits edits;
  private final PodTemplateSpec template;
  private final List<ConfigMap> configMaps = new ArrayList<>();

  private TemplateWriter(DnsRequest request, List<JudgedEndpoint> endpoints) {
    this.request = request;
    this.endpoints = endpoints;
    this.edits = DotEdits.of(endpoints);
    this.template = new PodTemplateSpecBuilder(request.template()).build();
  }

  /**
   * What was written.
   *
   * @param template the copy
   * @param configMaps ConfigMaps that it uses
   */
  record Written(PodTemplateSpec template, List<ConfigMap> configMaps) {
    /** Copies the list. */
    Written {
      configMaps = List.copyOf(configMaps);
    }
  }

  /**
   * Writes.
   *
   * @param request the request
   * @param ndots the ndots
   * @param endpoints the judged endpoints
   * @return a changed copy of the template and its ConfigMaps
   */
  static Written write(DnsRequest request, NdotsDecision ndots, List<JudgedEndpoint> endpoints) {
    var writer = new TemplateWriter(request, endpoints);
    if (ndots.write()) {
      writer.ndots(ndots.ndots());
    }
    writer.env();
    writer.phpIni();
    writer.files();
    return new Written(writer.template, writer.configMaps);
  }

  private void ndots(int ndots) {
    PodDNSConfig config = template.getSpec().getDnsConfig();
    var builder = config == null ? new PodDNSConfigBuilder() : new PodDNSConfigBuilder(config);
    template
        .getSpec()
        .setDnsConfig(
            builder
                .addNewOption()
                .withName("ndots")
                .withValue(Integer.toString(ndots))
                .endOption()
                .build());
  }

  private Container program() {
    return DnsEngine.container(template, request.container());
  }

  private void env() {
    var last = new LinkedHashMap<String, EnvVar>();
    program().getEnv().forEach(variable -> last.put(variable.getName(), variable));
    last.forEach(
        (name, variable) -> {
          if (variable.getValue() != null) {
            var place = new Setting.Place(Setting.Place.Kind.Env, name, "");
            variable.setValue(edits.apply(place, variable.getValue()));
          }
        });
  }

  private void phpIni() {
    var directives = new LinkedHashMap<String, String>();
    for (JudgedEndpoint judged : endpoints) {
      if (judged.setting() instanceof Setting.Found found
          && found.place().kind() == Setting.Place.Kind.PhpIni) {
        directives.put(
            found.place().name(),
            edits.apply(found.place(), Objects.requireNonNull(judged.endpoint().value())));
      }
    }
    if (!directives.isEmpty()) {
      ConfigMap map = DerivedConfigMaps.phpIni(request.owner(), directives);
      configMaps.add(map);
      PhpIniMount.add(template.getSpec(), program(), map.getMetadata().getName(), scanSettings());
    }
  }

  private PhpIniSettings scanSettings() {
    return new PhpIniSettings(program(), request.configMaps(), List.of());
  }

  private void files() {
    var renamed = new LinkedHashMap<String, String>();
    for (ConfigMap map : request.configMaps()) {
      String name = map.getMetadata().getName();
      boolean changed =
          edits.byPlace().keySet().stream()
              .anyMatch(place -> place.name().equals(name) && edits.changesFile(place));
      if (changed) {
        ConfigMap copy = DerivedConfigMaps.copy(request.owner(), map, edits, revision(name));
        configMaps.add(copy);
        renamed.put(name, copy.getMetadata().getName());
      }
    }
    ConfigMapReferences.rename(template, renamed);
  }

  /**
   * What Monolift writes into the files of a ConfigMap, as the resource says it: the user may
   * change the ConfigMap without changing this.
   */
  private String revision(String configMap) {
    return endpoints.stream()
        .filter(
            judged ->
                judged.setting() instanceof Setting.Found found
                    && judged.verdict().dot()
                    && found.place().kind() == Setting.Place.Kind.File
                    && found.place().name().equals(configMap))
        .map(JudgedEndpoint::edit)
        .distinct()
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
