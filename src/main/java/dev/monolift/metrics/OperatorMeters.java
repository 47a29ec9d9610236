package dev.monolift.metrics;

import dev.monolift.plan.PlannedCount;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.function.Supplier;

/** The operator's own meters; names start with {@code monolift_} in Prometheus. */
public final class OperatorMeters {
  private static final String NAMESPACE = "namespace";
  private static final String NAME = "name";

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
   * @param verb apply, delete, create, transfer, release or status
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

  /**
   * Counts what a pass decided about one resource, once its status tells of it.
   *
   * @param namespace namespace of the resource
   * @param name its name
   * @param count what is counted
   */
  public void count(String namespace, String name, PlannedCount count) {
    var labels = new ArrayList<Tag>();
    labels.add(Tag.of(NAMESPACE, namespace));
    labels.add(Tag.of(NAME, name));
    count.labels().forEach((label, value) -> labels.add(Tag.of(label, value)));
    Counter.builder(count.counter().meter())
        .description(count.counter().description())
        .tags(labels)
        .register(registry)
        .increment();
  }

  /**
   * Drops what was counted about a resource that is gone: names may come and go without end.
   *
   * @param namespace namespace of the resource
   * @param name its name
   */
  public void forget(String namespace, String name) {
    for (PlannedCount.Counter counter : PlannedCount.Counter.values()) {
      registry
          .find(counter.meter())
          .tags(NAMESPACE, namespace, NAME, name)
          .meters()
          .forEach(registry::remove);
    }
  }
}
