package dev.monolift.plan;

/**
 * A finalizer to remove from an object, so that it can go. It is removed after the status has been
 * written: a process that dies between leaves an object that is held and known, and the next pass
 * releases it.
 *
 * @param object the object
 * @param finalizer the finalizer
 */
public record FinalizerRelease(ObjectRef object, String finalizer) {}
