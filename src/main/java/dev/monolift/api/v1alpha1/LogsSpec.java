package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Log files that the program writes.
 *
 * @param files absolute paths, which may hold the patterns {@code *}, {@code ?} and {@code [...]};
 *     null or empty means none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogsSpec(
    @JsonPropertyDescription(
            "Log files of the program, as absolute paths that may hold *, ? and [...]. The drain program (as Wrap) follows them to the container's standard output.")
        @Size(max = 16)
        @ValidationRule(
            value = "self.all(f, f.matches('^/[^/*?\\\\[]+(/[^/]+)+$'))",
            message =
                "each of files must be the absolute path of a file, such as /var/log/app/*.log, in a folder whose first part is no pattern")
        @Nullable List<@Size(max = 255) String> files) {}
