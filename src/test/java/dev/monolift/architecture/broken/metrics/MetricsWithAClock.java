package dev.monolift.architecture.broken.metrics;

import java.time.Clock;
import java.util.function.LongSupplier;

/** Metrics that ask for the time, also by a method reference, and for the environment. */
final class MetricsWithAClock {
  LongSupplier time() {
    return System::nanoTime;
  }

  String zone() {
    return System.getenv("TZ") + Clock.systemUTC();
  }
}
