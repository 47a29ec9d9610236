package dev.monolift.restart;

import dev.monolift.api.v1alpha1.RestartSpec;

/**
 * What the objects of a restart are made from.
 *
 * @param namespace namespace of the worker and of all of them
 * @param worker name of the worker
 * @param deployment name of its Deployment
 * @param spec settings that {@link RestartCheck} has nothing against
 * @param image image of the operator; {@code spec.pod.image} goes before it
 */
public record RestartRequest(
    String namespace, String worker, String deployment, RestartSpec spec, String image) {

  /** The settings with their defaults. */
  RestartDefaults settings() {
    return RestartDefaults.of(worker, spec);
  }
}
