package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * The drain program in the pods.
 *
 * @param role how it gets into the container: Wrap or Hook
 * @param revision revision of the program that the pods have
 * @param template digest of what the user and this operator put into the pods beside the program
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DrainProgramStatus(
    @JsonPropertyDescription("How it gets into the container.") DrainSpec.Program role,
    @JsonPropertyDescription("Revision of the program that the pods have.") String revision,
    @JsonPropertyDescription("Digest of the pod template without the program.") String template) {}
