package dev.monolift.metrics;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * All meters of the process: of the JVM, of the framework and our own. Per resource are only the
 * counters of what happened to it, see {@link OperatorMeters#count}.
 */
public final class Registry {
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** A registry with the meters of the process. */
  public Registry() {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    new ProcessMemory().bindTo(meters);
  }

  /**
   * Where meters are added.
   *
   * @return the registry
   */
  public MeterRegistry meters() {
    return meters;
  }

  /**
   * The meters of the framework: passes, their time, retries and events per controller.
   *
   * @return metrics for the framework's configuration
   */
  public Metrics frameworkMetrics() {
    return MicrometerMetricsV2.newBuilder(meters).build();
  }

  /**
   * All meters.
   *
   * @return text in Prometheus' format
   */
  public String scrape() {
    return meters.scrape();
  }
}
