package dev.monolift.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pod as the test's own watch saw it.
 *
 * @param pod its name
 * @param subject whose pod
 * @param running whether its container ran when it was seen last
 * @param hasRun whether its container has ever run
 * @param requested when the request to end it was seen; null before
 * @param ended when the end of its container, or of the pod, was seen; null before
 * @param gone when its deletion was seen; null before
 * @param exitCode exit code of its container; null before its end, and when nobody told
 */
record PodLife(
    String pod,
    String subject,
    boolean running,
    boolean hasRun,
    @Nullable Instant requested,
    @Nullable Instant ended,
    @Nullable Instant gone,
    @Nullable Integer exitCode) {
  /** Whether it works and nobody has asked it to end. */
  boolean isAtWork() {
    return running && requested == null && gone == null;
  }

  /** Whether it has been asked to end and may still be in a job. */
  boolean isEnding() {
    return requested != null && ended == null;
  }
}
