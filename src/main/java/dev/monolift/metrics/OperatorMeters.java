package dev.monolift.metrics;

import dev.monolift.plan.PlannedCount;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The operator's own meters; names start with {@code monolift_} in Prometheus. */
public final class OperatorMeters {
  private static final String NAMESPACE = "namespace";
  private static final String NAME = "name";
  private static final String OPENINGS = "monolift.gate.openings";

  /** Creation times are in whole seconds; a rollout may wait as long as the longest drain. */
  private static final List<Duration> WAITS =
      Stream.of(1, 2, 5, 10, 30, 60, 300, 600, 3600).map(Duration::ofSeconds).toList();

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
   * @param verb apply, delete, create, update, transfer, release, start or status
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
   * Counts a pod whose start gate was opened.
   *
   * @param namespace its namespace
   * @param owner name of the resource that it belongs to
   * @param waited time since it was created
   */
  public void opened(String namespace, String owner, Duration waited) {
    Counter.builder(OPENINGS)
        .description("Pods whose start gate was opened.")
        .tags(NAMESPACE, namespace, NAME, owner)
        .register(registry)
        .increment();
    Timer.builder("monolift.gate.wait")
        .description("Time from the creation of a pod to the opening of its start gate.")
        .serviceLevelObjectives(WAITS.toArray(Duration[]::new))
        .register(registry)
        .record(waited.isNegative() ? Duration.ZERO : waited);
  }

  /**
   * Drops what was counted about a resource that is gone: names may come and go without end.
   *
   * @param namespace namespace of the resource
   * @param name its name
   */
  public void forget(String namespace, String name) {
    Stream.concat(
            Stream.of(OPENINGS),
            Stream.of(PlannedCount.Counter.values()).map(PlannedCount.Counter::meter))
        .forEach(
            meter ->
                registry
                    .find(meter)
                    .tags(NAMESPACE, namespace, NAME, name)
                    .meters()
                    .forEach(registry::remove));
  }
}
