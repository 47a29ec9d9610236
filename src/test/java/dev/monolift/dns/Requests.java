package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import dev.monolift.api.v1alpha1.DnsEndpoint.DotPolicy;
import dev.monolift.api.v1alpha1.DnsEndpoint.SslMode;
import dev.monolift.api.v1alpha1.DnsFileKey;
import dev.monolift.api.v1alpha1.DnsSpec;
import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Requests of one worker in namespace shop, in a cluster whose nodes add two search domains. */
final class Requests {
  static final String NAMESPACE = "shop";
  static final ClusterDns FIVE_DOMAINS =
      new ClusterDns("cluster.local", List.of("tokyo.corp.example", "corp.example"));
  static final String UNKNOWN_IMAGE = "registry.example/shop/mailer:1.4";
  static final String GLIBC_IMAGE = "php:8.3-cli-bookworm";

  private Requests() {}

  /** A template with one container. */
  static PodTemplateSpec template(String image, Map<String, String> env) {
    var variables =
        env.entrySet().stream().map(e -> new EnvVar(e.getKey(), e.getValue(), null)).toList();
    return template(
        new ContainerBuilder().withName("app").withImage(image).withEnv(variables).build());
  }

  /** A template with one container. */
  static PodTemplateSpec template(Container container) {
    return new PodTemplateSpecBuilder().withNewSpec().withContainers(container).endSpec().build();
  }

  /** A request for container app. */
  static DnsRequest request(@Nullable DnsSpec spec, PodTemplateSpec template, ConfigMap... maps) {
    return new DnsRequest("mailer", NAMESPACE, spec, template, "app", FIVE_DOMAINS, List.of(maps));
  }

  static DnsSpec endpoints(DnsEndpoint... endpoints) {
    return new DnsSpec(null, null, List.of(endpoints));
  }

  static DnsSpec spec(@Nullable Integer ndots, @Nullable Libc libc, DnsEndpoint... endpoints) {
    return new DnsSpec(ndots, libc, List.of(endpoints));
  }

  static DnsEndpoint env(String name, String host, DnsClient client) {
    return new DnsEndpoint(name, null, null, null, host, null, client, null, null);
  }

  static DnsEndpoint phpIni(String directive, String value, String host, DnsClient client) {
    return new DnsEndpoint(null, directive, value, null, host, null, client, null, null);
  }

  static DnsEndpoint file(String map, String path, String key, String host, DnsClient client) {
    return new DnsEndpoint(
        null, null, null, new DnsFileKey(map, path, key, null), host, null, client, null, null);
  }

  static DnsEndpoint with(
      DnsEndpoint endpoint,
      @Nullable Integer port,
      @Nullable SslMode sslMode,
      @Nullable DotPolicy dot) {
    return new DnsEndpoint(
        endpoint.env(),
        endpoint.phpIni(),
        endpoint.value(),
        endpoint.file(),
        endpoint.host(),
        port,
        endpoint.client(),
        sslMode,
        dot);
  }

  static ConfigMap configMap(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .withData(data)
        .build();
  }

  /** A template whose container mounts a ConfigMap and takes variables from it. */
  static PodTemplateSpec using(String image, String configMap) {
    return new PodTemplateSpecBuilder(template(image, Map.of()))
        .editSpec()
        .addNewVolume()
        .withName("config")
        .withNewConfigMap()
        .withName(configMap)
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }

  /** The value of a variable of container app. */
  static String env(DnsResult result, String name) {
    return Objects.requireNonNull(
        result.template().getSpec().getContainers().getFirst().getEnv().stream()
            .filter(variable -> variable.getName().equals(name))
            .findFirst()
            .orElseThrow()
            .getValue());
  }

  /** A file of the only ConfigMap of a result. */
  static String data(DnsResult result, String key) {
    assertThat(result.configMaps()).hasSize(1);
    return Objects.requireNonNull(result.configMaps().getFirst().getData().get(key));
  }
}
