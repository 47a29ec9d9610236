package dev.monolift.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * An object that is gone, as it was last seen. It is shown to every pass until one has written its
 * status.
 *
 * @param last its last state, not to be mutated
 * @param isFinal whether that is the state in which it went; false when the watch was down at the
 *     time, so that something may have happened between
 * @param whileLeading whether this process was the leader when the object went; if not, another
 *     process may have dealt with it, and only the status tells
 * @param <T> type of the object
 */
public record Deleted<T extends HasMetadata>(T last, boolean isFinal, boolean whileLeading) {}
