package dev.monolift.node;

import java.time.Instant;

/**
 * What the status of a MonolithWorker says of a pod.
 *
 * @param pod name of the pod
 * @param verdict how it ended
 * @param reason why that is the verdict
 * @param cause why it was ended
 * @param message the sentence
 * @param seen when the test's own watch was told
 */
record Verdict(
    String pod, String verdict, String reason, String cause, String message, Instant seen) {
  /** Whether it says that no job can have been cut. */
  boolean isHarmless() {
    return verdict.equals("Clean") || verdict.equals("NeverStarted");
  }
}
