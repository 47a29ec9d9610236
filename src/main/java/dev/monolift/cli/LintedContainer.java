package dev.monolift.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.monolift.drain.EntrypointVerdict;

/**
 * A container of a file with its verdict; also an element of the list that {@code -o json} prints.
 *
 * @param kind kind of the object
 * @param namespace its namespace
 * @param name its name
 * @param container name of the container
 * @param verdict what the lint says
 */
@JsonPropertyOrder({"kind", "namespace", "name", "container"})
record LintedContainer(
    String kind,
    String namespace,
    String name,
    String container,
    @JsonUnwrapped EntrypointVerdict verdict) {}
