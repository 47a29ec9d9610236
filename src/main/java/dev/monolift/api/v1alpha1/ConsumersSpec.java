package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/**
 * How many consumers of its queue the worker may be.
 *
 * @param max greatest number of pods that may run at any moment, those that are still terminating
 *     among them; null means no bound
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConsumersSpec(
    @JsonPropertyDescription(
            "Greatest number of this worker's pods that may run at any moment. Pods that are still terminating count. Every pod waits at a scheduling gate, which Monolift opens only while fewer than this many run; while Monolift is away no pod starts. The Deployment gets no more pods than this, whatever replicas says. Zero stops the worker.")
        @Min(0)
        @Max(5000)
        @Nullable Integer max) {}
