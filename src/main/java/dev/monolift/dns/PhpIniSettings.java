package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.dns.DnsResult.Severity;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Objects;

/**
 * php.ini directives, and the variable that names the folders they are read from.
 *
 * @param container the program's container
 * @param configMaps the user's ConfigMaps, as far as they exist
 * @param endpoints all endpoints
 */
record PhpIniSettings(
    Container container, List<ConfigMap> configMaps, List<DnsEndpoint> endpoints) {
  static final String SCAN_DIR = "PHP_INI_SCAN_DIR";

  /**
   * The directive of an endpoint.
   *
   * @param endpoint an endpoint with {@code phpIni} and {@code value}
   * @return its value, or why it cannot be written
   */
  Setting find(DnsEndpoint endpoint) {
    String directive = Objects.requireNonNull(endpoint.phpIni());
    String value = Objects.requireNonNull(endpoint.value());
    if (!directive.matches("[A-Za-z_][A-Za-z0-9_.\\-]*") || value.indexOf('\0') >= 0) {
      return error(
          "EndpointInvalid",
          "phpIni must be the name of a php.ini directive, such as session.save_path.");
    }
    boolean conflict =
        endpoints.stream()
            .anyMatch(other -> directive.equals(other.phpIni()) && !value.equals(other.value()));
    if (conflict) {
      return error(
          "DirectiveConflict",
          "several endpoints give php.ini directive "
              + directive
              + " different values. Give all of them the same, whole value.");
    }
    for (EnvVar variable : container.getEnv()) {
      if (SCAN_DIR.equals(variable.getName()) && variable.getValueFrom() != null) {
        return error(
            "ScanDirNotLiteral",
            "container "
                + container.getName()
                + " sets "
                + SCAN_DIR
                + " by valueFrom, so that no folder can be added to it. Give it a literal value.");
      }
    }
    var place = new Setting.Place(Setting.Place.Kind.PhpIni, directive, "");
    return new Setting.Found(place, List.of(SettingValue.plain(value, 0, value.length())), false);
  }

  /**
   * The scan path with one more folder. An empty element means the folder that PHP was compiled
   * with; an empty path means none at all.
   *
   * @param folder the folder
   * @return the value of PHP_INI_SCAN_DIR
   */
  String scanPath(String folder) {
    String before = "unset";
    boolean set = false;
    for (EnvFromSource source : container.getEnvFrom()) {
      String prefix = source.getPrefix() == null ? "" : source.getPrefix();
      if (source.getConfigMapRef() == null || !SCAN_DIR.startsWith(prefix)) {
        continue;
      }
      for (ConfigMap map : configMaps) {
        String value =
            map.getData() == null ? null : map.getData().get(SCAN_DIR.substring(prefix.length()));
        if (map.getMetadata().getName().equals(source.getConfigMapRef().getName())
            && value != null) {
          before = value;
          set = true;
        }
      }
    }
    for (EnvVar variable : container.getEnv()) {
      if (SCAN_DIR.equals(variable.getName())) {
        before = variable.getValue() == null ? "" : variable.getValue();
        set = true;
      }
    }
    if (!set) {
      return ":" + folder;
    }
    return before.isEmpty() ? folder : before + ":" + folder;
  }

  /**
   * One line of an ini file. {@code ${NAME}} in a value stays what it is in php.ini: an environment
   * variable.
   *
   * @param directive the directive
   * @param value its value
   * @return the line with its end
   */
  static String line(String directive, String value) {
    return directive + " = \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
  }

  private static Setting error(String reason, String message) {
    return new Setting.Problem(Severity.ERROR, reason, message);
  }
}
