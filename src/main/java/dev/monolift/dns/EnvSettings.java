package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.dns.DnsResult.Severity;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables of the program's container.
 *
 * @param container the container
 * @param configMaps the user's ConfigMaps, as far as they exist
 */
record EnvSettings(Container container, List<ConfigMap> configMaps) {

  /**
   * The variable of an endpoint.
   *
   * @param endpoint an endpoint with {@code env}
   * @param name the variable
   * @return its literal value, or why it has none
   */
  Setting find(DnsEndpoint endpoint, String name) {
    EnvVar variable = variable(name);
    if (variable == null) {
      return missing(name);
    }
    if (variable.getValueFrom() != null) {
      return notLiteral(name, "is set by valueFrom");
    }
    String value = variable.getValue() == null ? "" : variable.getValue();
    var place = new Setting.Place(Setting.Place.Kind.Env, name, "");
    var found =
        new Setting.Found(
            place,
            List.of(SettingValue.plain(value, 0, value.length())),
            UrlReferences.inContainer(container, name, endpoint.client()));
    boolean holdsHost =
        !HostOccurrence.in(value, bare(endpoint.host()), null, endpoint.client()).isEmpty();
    return !holdsHost && value.contains("$(")
        ? notLiteral(name, "takes the host from another variable")
        : found;
  }

  /**
   * The value that libpq finds in PGSSLMODE.
   *
   * @return the literal value; {@code ?} when it comes from elsewhere; null when there is none
   */
  @Nullable String pgSslMode() {
    EnvVar variable = variable("PGSSLMODE");
    if (variable == null) {
      return null;
    }
    return variable.getValueFrom() == null ? variable.getValue() : "?";
  }

  /** The last of the variables of that name: the one that the container gets. */
  private @Nullable EnvVar variable(String name) {
    EnvVar last = null;
    for (EnvVar env : container.getEnv()) {
      if (name.equals(env.getName())) {
        last = env;
      }
    }
    return last;
  }

  private Setting missing(String name) {
    for (EnvFromSource source : container.getEnvFrom()) {
      if (mayHold(source, name)) {
        return notLiteral(name, "can only come from envFrom");
      }
    }
    return new Setting.Problem(
        Severity.ERROR,
        "EnvMissing",
        "container "
            + container.getName()
            + " has no environment variable "
            + name
            + ". Correct the name, or add the variable with a value.");
  }

  private boolean mayHold(EnvFromSource source, String name) {
    String prefix = source.getPrefix() == null ? "" : source.getPrefix();
    if (!name.startsWith(prefix)) {
      return false;
    }
    if (source.getConfigMapRef() == null) {
      return source.getSecretRef() != null;
    }
    String map = source.getConfigMapRef().getName();
    return configMaps.stream()
        .filter(known -> known.getMetadata().getName().equals(map))
        .findFirst()
        .map(
            known ->
                known.getData() != null
                    && known.getData().containsKey(name.substring(prefix.length())))
        .orElse(true);
  }

  private Setting notLiteral(String name, String how) {
    return new Setting.Problem(
        Severity.WARNING,
        "EnvNotLiteral",
        "environment variable "
            + name
            + " of container "
            + container.getName()
            + " "
            + how
            + ", so it is left alone. Give it a literal value to have it written.");
  }

  private static String bare(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
