package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/**
 * When a program that was started again inside its container counts as failed, by the rules of
 * supervisord (startsecs, and retries with a growing delay).
 *
 * @param startSeconds a program that ends sooner has failed, as has one that ends with an error;
 *     null means 1
 * @param startRetries failures in a row that are tried again, each a second later than the one
 *     before; after them the container ends; null means 3
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InPlaceRestart(
    @JsonPropertyDescription(
            "A program that ends sooner than this has failed, whatever its exit code (supervisord's startsecs); one that ends with an error has failed in any case. Default 1.")
        @Min(0)
        @Max(86400)
        @Nullable Integer startSeconds,
    @JsonPropertyDescription(
            "Failures in a row that are tried again, each a second later than the one before (supervisord's startretries); after them the container ends with the program's exit code. Default 3.")
        @Min(0)
        @Max(1000)
        @Nullable Integer startRetries) {}
