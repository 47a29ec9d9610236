package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
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
public record DnsFileKey(
    @JsonPropertyDescription(
            "Name of your ConfigMap. The pods get a copy with the host names rewritten; yours is not changed.")
        @Required
        String configMap,
    @JsonPropertyDescription(
            "Key of the ConfigMap that holds the file, for example .env or app.ini.")
        @Required
        String path,
    @JsonPropertyDescription(
            "Key inside the file: a variable of a .env file, section.key of an ini file, a dotted path of a JSON file.")
        @Required
        String key,
    @JsonPropertyDescription(
            "Format of the file: env, ini or json. Default: by the file name's ending.")
        @Nullable Format format) {

  /** Format of a configuration file. */
  public enum Format {
    env,
    ini,
    json
  }
}
