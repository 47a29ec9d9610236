package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.api.v1alpha1.DnsFileKey;
import dev.monolift.api.v1alpha1.DnsFileKey.Format;
import dev.monolift.dns.DnsResult.Severity;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keys in files that ConfigMaps of the user's hold.
 *
 * @param template the user's template
 * @param configMaps the user's ConfigMaps, as far as they exist
 */
record FileSettings(PodTemplateSpec template, List<ConfigMap> configMaps) {

  /**
   * The key of an endpoint.
   *
   * @param endpoint an endpoint with {@code file}
   * @param file the key
   * @return its values, or why there are none
   */
  Setting find(DnsEndpoint endpoint, DnsFileKey file) {
    Optional<ConfigMap> map =
        configMaps.stream()
            .filter(known -> known.getMetadata().getName().equals(file.configMap()))
            .findFirst();
    if (map.isEmpty()) {
      return error(
          "ConfigMapMissing",
          "there is no ConfigMap "
              + file.configMap()
              + " in this namespace. Create it, or correct the name.");
    }
    if (map.get().getData() == null || !map.get().getData().containsKey(file.path())) {
      boolean binary =
          map.get().getBinaryData() != null && map.get().getBinaryData().containsKey(file.path());
      return error(
          "FileMissing",
          "ConfigMap "
              + file.configMap()
              + (binary ? " holds " + file.path() + " as binaryData" : " has no key " + file.path())
              + ". Name a key of its data.");
    }
    if (!ConfigMapReferences.uses(template, file.configMap())) {
      return new Setting.Problem(
          Severity.WARNING,
          "ConfigMapUnused",
          "the template does not use ConfigMap "
              + file.configMap()
              + ", so nothing would read the name. Mount it, or remove the endpoint.");
    }
    Optional<Format> format = format(file);
    return format.isEmpty()
        ? error(
            "FormatUnknown",
            "the name of "
                + file.path()
                + " in ConfigMap "
                + file.configMap()
                + " does not tell its format. Set file.format to env, ini or json.")
        : read(endpoint, file, format.get(), map.get().getData().get(file.path()));
  }

  private static Setting read(DnsEndpoint endpoint, DnsFileKey file, Format format, String text) {
    List<SettingValue> values;
    try {
      values =
          switch (format) {
            case env -> EnvFile.find(text, file.key());
            case ini -> IniFile.find(text, file.key());
            case json -> JsonFile.find(text, file.key());
          };
    } catch (JsonFile.SyntaxException e) {
      return error(
          "FileUnreadable",
          file.path()
              + " in ConfigMap "
              + file.configMap()
              + " is not JSON: "
              + e.getMessage()
              + ". Correct the file.");
    }
    if (values.isEmpty()) {
      return error(
          "KeyMissing",
          file.path()
              + " in ConfigMap "
              + file.configMap()
              + " has no "
              + format
              + " key "
              + file.key()
              + (format == Format.json ? " with a string" : "")
              + ". Correct file.key.");
    }
    var place = new Setting.Place(Setting.Place.Kind.File, file.configMap(), file.path());
    boolean readInUrl =
        format != Format.json && UrlReferences.inFile(text, file.key(), endpoint.client());
    return new Setting.Found(place, values, readInUrl);
  }

  private static Optional<Format> format(DnsFileKey file) {
    if (file.format() != null) {
      return Optional.of(file.format());
    }
    // the same endings as in the schema's rule for file
    return Stream.of(Format.values())
        .filter(format -> file.path().matches("(.*[.])?" + format))
        .findFirst();
  }

  private static Setting error(String reason, String message) {
    return new Setting.Problem(Severity.ERROR, reason, message);
  }
}
