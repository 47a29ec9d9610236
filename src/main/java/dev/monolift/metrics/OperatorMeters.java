package dev.monolift.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** The operator's own meters; names start with {@code monolift_} in Prometheus. */
public final class OperatorMeters {
  private final MeterRegistry registry;

  /**
   * Meters in a registry.
   *
   * @param registry where they are kept
   */
  public OperatorMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Times the planning of one pass.
   *
   * @param kind kind of the resource
   * @param planning what is timed
   * @param <T> its result
   * @return its result
   */
  public <T> T timePlan(String kind, Supplier<T> planning) {
    return Timer.builder("monolift.plan.duration")
        .description("Time to plan one pass, without any request.")
        .tag("kind", kind)
        .register(registry)
        .record(planning);
  }

  /**
   * Counts a request that writes.
   *
   * @param kind kind of the written object
   * @param verb apply, delete, create, transfer or status
   * @param result ok, or the HTTP code of the refusal
   */
  public void countWrite(String kind, String verb, String result) {
    Counter.builder("monolift.api.writes")
        .description("Requests that write to the API server.")
        .tags("kind", kind, "verb", verb, "result", result)
        .register(registry)
        .increment();
  }

  /**
   * Counts a pass that ended with an error.
   *
   * @param kind kind of the resource
   * @param reason reason as in the Ready condition
   */
  public void countError(String kind, String reason) {
    Counter.builder("monolift.reconcile.errors")
        .description("Passes that ended with an error, by the reason in the Ready condition.")
        .tags("kind", kind, "reason", reason)
        .register(registry)
        .increment();
  }
}
