package dev.monolift.node;

import java.time.Instant;

/**
 * A time in which no operator led.
 *
 * @param from when the last one was ended
 * @param to when another one had the lease
 */
record Absence(Instant from, Instant to) {
  /** Whether it falls into a time. */
  boolean touches(Instant begin, Instant end) {
    return from.isBefore(end) && to.isAfter(begin);
  }
}
