package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A key in a configuration file that is kept in a ConfigMap of the user's.
 *
 * @param configMap name of the ConfigMap, in the resource's namespace
 * @param path key of the ConfigMap that holds the file
 * @param key key inside the file: a variable of a .env file, {@code section.key} of an ini file, a
 *     dotted path of a JSON file
 * @param format format of the file; null means: by the file name's ending
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.format) || self.path.matches('(^|[.])(env|ini|json)$')",
    message = "format is not clear from the ending of path; set it to env, ini or json")
public record DnsFileKey(
    @JsonPropertyDescription(
            "Name of your ConfigMap. The pods get a copy with the host names rewritten; yours is not changed.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches('^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$')",
            message = "configMap must be the name of a ConfigMap in the same namespace")
        String configMap,
    @JsonPropertyDescription(
            "Key of the ConfigMap that holds the file, for example .env or app.ini.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches('^[-._a-zA-Z0-9]+$')",
            message = "path must be a key of the ConfigMap: letters, digits, '-', '_' and '.'")
        String path,
    @JsonPropertyDescription(
            "Key inside the file: a variable of a .env file, section.key of an ini file, a dotted path of a JSON file.")
        @Required
        @Size(min = 1, max = 253)
        String key,
    @JsonPropertyDescription(
            "Format of the file: env, ini or json. Default: by the file name's ending.")
        @Nullable Format format) {

  /** Format of a configuration file. */
  public enum Format {
    /** Variables, one per line, as phpdotenv and Symfony's Dotenv read them. */
    env,
    /** Sections and keys, as {@code parse_ini_file} reads them. */
    ini,
    /** JSON. */
    json
  }
}
