package dev.monolift.architecture.broken.metrics;

import java.util.concurrent.atomic.AtomicInteger;

/** State that all instances share. */
final class StaticState {
  static final AtomicInteger COUNTER = new AtomicInteger();

  private StaticState() {}
}
