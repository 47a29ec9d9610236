package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The restart once a day.
 *
 * @param window part of the day in which it starts
 * @param timeZone name of the window's time zone in the tz database
 * @param minAgeSeconds a Deployment that was rolled out less than this long ago is not restarted;
 *     null means 43200
 * @param group workers of the namespace with the same group are restarted one after the other, and
 *     no more of them after a failure; null means the worker alone
 * @param maxConcurrent how many workers of the group may be restarted at a time; null means 1
 * @param timeoutSeconds time that the restart may take, waiting for its turn included; null means
 *     3600
 * @param suspend whether there is no restart for now; null means no
 * @param pod settings of the pod that asks for the restart; null means the defaults
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestartSpec(
    @JsonPropertyDescription("Part of the day in which the restart starts.") @Required
        RestartWindow window,
    @JsonPropertyDescription(
            "Time zone of the window, a name of the tz database such as Asia/Tokyo or Etc/UTC.")
        @Required
        @Size(min = 1, max = 64)
        @ValidationRule(
            value = "self.matches('^[A-Za-z][A-Za-z0-9_+/-]*$') && self != 'Local'",
            message = "timeZone must be a name of the tz database, such as Asia/Tokyo or Etc/UTC")
        String timeZone,
    @JsonPropertyDescription(
            "A Deployment that was rolled out less than this many seconds ago is not restarted: a deploy last night counts. Default 43200.")
        @Min(0)
        @Max(604800)
        @Nullable Integer minAgeSeconds,
    @JsonPropertyDescription(
            "Workers of the namespace with the same group are restarted one after the other. When one of them does not come up, the others are not restarted until `monolift restart clear`. Default: this worker alone.")
        @Size(min = 1, max = DnsLabel.LENGTH)
        @ValidationRule(
            value = "self.matches('" + DnsLabel.REGEX + "')",
            message =
                "group must consist of a-z, 0-9 and '-', starting and ending with a letter or digit")
        @Nullable String group,
    @JsonPropertyDescription(
            "How many workers of the group may be restarted at a time; where its members differ, each obeys its own. Default 1.")
        @Min(1)
        @Max(100)
        @Nullable Integer maxConcurrent,
    @JsonPropertyDescription(
            "Time in seconds that the restart may take, waiting for its turn in the group included, before it counts as failed. Default 3600.")
        @Min(60)
        @Max(86400)
        @Nullable Integer timeoutSeconds,
    @JsonPropertyDescription("No restart for now. Default false.") @Nullable Boolean suspend,
    @JsonPropertyDescription("Settings of the pod that asks for the restart.")
        @Nullable RestartPod pod) {}
