package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * The restart once a day, as it is set up.
 *
 * @param schedule schedule of the CronJob, in cron's five fields; null while there is none
 * @param timeZone time zone of the schedule; null while there is none
 * @param lastRestartTime when the pods were restarted last, by whomever, as RFC 3339 in UTC; null
 *     when they never were
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestartStatus(
    @JsonPropertyDescription("Schedule of the CronJob, in cron's five fields.")
        @Nullable String schedule,
    @JsonPropertyDescription("Time zone of the schedule.") @Nullable String timeZone,
    @JsonPropertyDescription(
            "When the pods were restarted last, by the CronJob or by kubectl rollout restart.")
        @Nullable String lastRestartTime) {}
