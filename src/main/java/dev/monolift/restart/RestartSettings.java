package dev.monolift.restart;

import java.time.Duration;
import java.time.Instant;

/**
 * What one Job is to do.
 *
 * @param namespace namespace of everything
 * @param worker name of the worker
 * @param deployment name of its Deployment
 * @param group name of the group
 * @param job uid of the Job
 * @param rules the worker's own rules
 * @param start when this pod of the Job began
 */
public record RestartSettings(
    String namespace,
    String worker,
    String deployment,
    String group,
    String job,
    Rules rules,
    Instant start) {

  /**
   * The worker's own rules.
   *
   * @param maxConcurrent how many workers of the group may be restarted at a time
   * @param minAge a Deployment that was rolled out less than this long ago is not restarted
   * @param timeout how long the restart may take, waiting for its turn included
   */
  public record Rules(int maxConcurrent, Duration minAge, Duration timeout) {}

  /** When this pod gives up, unless an earlier pod of the Job has said when. */
  Instant deadline() {
    return start.plus(rules.timeout());
  }
}
