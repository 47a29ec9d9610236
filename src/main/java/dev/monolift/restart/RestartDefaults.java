package dev.monolift.restart;

import dev.monolift.api.v1alpha1.RestartSpec;
import java.time.Duration;
import java.util.Objects;

/**
 * The user's settings with the defaults where the user says nothing.
 *
 * @param group name of the group; a worker without one is a group of its own, of its own name
 * @param maxConcurrent how many of the group may be restarted at a time
 * @param minAge age that the last rollout must have
 * @param timeout time that a restart may take, waiting for its turn included
 * @param isSuspended whether there is no restart for now
 */
public record RestartDefaults(
    String group, int maxConcurrent, Duration minAge, Duration timeout, boolean isSuspended) {
  private static final int MIN_AGE_SECONDS = 43_200;
  private static final int TIMEOUT_SECONDS = 3600;

  /**
   * The settings of a worker.
   *
   * @param worker name of the worker
   * @param spec what the user says
   * @return all settings
   */
  public static RestartDefaults of(String worker, RestartSpec spec) {
    return new RestartDefaults(
        Objects.requireNonNullElse(spec.group(), worker),
        Objects.requireNonNullElse(spec.maxConcurrent(), 1),
        Duration.ofSeconds(Objects.requireNonNullElse(spec.minAgeSeconds(), MIN_AGE_SECONDS)),
        Duration.ofSeconds(Objects.requireNonNullElse(spec.timeoutSeconds(), TIMEOUT_SECONDS)),
        Boolean.TRUE.equals(spec.suspend()));
  }
}
