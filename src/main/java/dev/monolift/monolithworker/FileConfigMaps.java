package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.api.v1alpha1.DnsFileKey;
import dev.monolift.api.v1alpha1.DnsSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The user's ConfigMaps that a pass has to read. */
final class FileConfigMaps {
  private FileConfigMaps() {}

  /** Names of the ConfigMaps that file endpoints name, each once. */
  static List<String> named(@Nullable DnsSpec dns) {
    if (dns == null || dns.endpoints() == null) {
      return List.of();
    }
    return dns.endpoints().stream()
        .map(DnsEndpoint::file)
        .filter(Objects::nonNull)
        .map(DnsFileKey::configMap)
        .distinct()
        .sorted()
        .toList();
  }
}
