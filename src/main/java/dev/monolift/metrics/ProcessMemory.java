package dev.monolift.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of the process, which is what a container's limit is about; Linux only. */
public final class ProcessMemory implements MeterBinder {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** The meter; {@link #bindTo} adds it. */
  public ProcessMemory() {}

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("process.resident.memory", ProcessMemory::residentBytes)
        .description("Resident memory of the process.")
        .baseUnit("bytes")
        .register(registry);
  }

  private static double residentBytes() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException notLinux) {
      return Double.NaN;
    }
  }
}
