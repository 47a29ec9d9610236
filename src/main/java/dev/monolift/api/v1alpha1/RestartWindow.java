package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Part of a day. A worker's minute in it is always the same, made from its name.
 *
 * @param start first minute, HH:MM
 * @param end first minute that is no longer in it, HH:MM; earlier than start means the next day
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.start != self.end",
    message =
        "the window is empty: end must differ from start (end earlier than start means the next day)")
public record RestartWindow(
    @JsonPropertyDescription("First minute of the window as HH:MM, for example 02:00.")
        @Required
        @Size(max = 5)
        @ValidationRule(
            value = "self.matches('" + RestartWindow.TIME + "')",
            message = "start must be a time of the day as HH:MM, from 00:00 to 23:59")
        String start,
    @JsonPropertyDescription(
            "First minute that is no longer in the window, as HH:MM. Earlier than start, it is on the next day.")
        @Required
        @Size(max = 5)
        @ValidationRule(
            value = "self.matches('" + RestartWindow.TIME + "')",
            message = "end must be a time of the day as HH:MM, from 00:00 to 23:59")
        String end) {

  /** Regular expression of a time of the day. */
  static final String TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
}
