package dev.monolift.architecture.broken.metrics;

/** A name that says nothing. */
final class NameUtils {
  private NameUtils() {}
}
