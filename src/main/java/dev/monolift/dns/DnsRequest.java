package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsSpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engine needs to know of a resource.
 *
 * @param owner name of the resource; names of ConfigMaps start with it
 * @param namespace its namespace
 * @param spec the user's DNS settings; null means the defaults
 * @param template the user's template; it is not changed
 * @param container name of the program's container; it exists in the template
 * @param cluster what the cluster's resolver adds
 * @param configMaps the user's ConfigMaps that the endpoints and the template name, as far as they
 *     exist
 */
public record DnsRequest(
    String owner,
    String namespace,
    @Nullable DnsSpec spec,
    PodTemplateSpec template,
    String container,
    ClusterDns cluster,
    List<ConfigMap> configMaps) {

  /** Copies the list. */
  public DnsRequest {
    configMaps = List.copyOf(configMaps);
  }
}
