package dev.monolift.architecture.broken.metrics;

/** A name that says how, not what, and an inheritance of our own. */
class AbstractName {
  /** Inherits. */
  static final class Concrete extends AbstractName {}
}
