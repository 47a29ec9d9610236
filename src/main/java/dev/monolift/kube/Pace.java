package dev.monolift.kube;

import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter.RateLimitState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * At most one pass per resource and period. The first event after a quiet time has its pass at
 * once; what follows in the same period, mostly the steps of a rollout that kube-controller-manager
 * reports one by one, shares the next one, and its status write.
 */
public final class Pace implements RateLimiter<Pace.Last> {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Duration period;
  private final LongSupplier nanoTime;

  /**
   * A pace.
   *
   * @param period shortest time between the starts of two passes of a resource
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public Pace(Duration period, LongSupplier nanoTime) {
    this.period = period;
    this.nanoTime = nanoTime;
  }

  /** When the last pass of a resource began. */
  public static final class Last implements RateLimitState {
    private boolean any;
    private long nanos;

    private Last() {}
  }

  @Override
  public Optional<Duration> isLimited(RateLimitState state) {
    if (!(state instanceof Last last)) {
      return Optional.empty();
    }
    long now = nanoTime.getAsLong();
    long rest = period.toNanos() - (now - last.nanos);
    if (last.any && rest > 0) {
      // the framework's timer knows milliseconds; one that is early would wait once more
      return Optional.of(Duration.ofMillis(rest / NANOS_PER_MILLI + 1));
    }
    last.any = true;
    last.nanos = now;
    return Optional.empty();
  }

  @Override
  public Last initState() {
    return new Last();
  }
}
