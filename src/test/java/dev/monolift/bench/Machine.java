package dev.monolift.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What it was measured on, in general words.
 *
 * @param processors how many
 * @param memoryGiB memory of the machine
 * @param kernel version of Linux
 * @param java version of the JVM
 * @param loadBefore average number of programs that wanted a processor in the minute before
 */
record Machine(int processors, double memoryGiB, String kernel, String java, double loadBefore) {
  /** With less than this nothing else can have been at work. */
  private static final double BESIDE_NOTHING = 0.5;

  private static final double KIB_PER_GIB = 1024.0 * 1024;

  /** This machine. */
  static Machine here() {
    try {
      String memory = Files.readString(Path.of("/proc/meminfo"));
      String load = Files.readString(Path.of("/proc/loadavg"));
      return new Machine(
          Runtime.getRuntime().availableProcessors(),
          Double.parseDouble(memory.replaceAll("(?s)^MemTotal:\\s*(\\d+).*$", "$1")) / KIB_PER_GIB,
          System.getProperty("os.version").replaceAll("^(\\d+\\.\\d+).*$", "$1"),
          Runtime.version().toString(),
          Double.parseDouble(load.substring(0, load.indexOf(' '))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether one can measure here. */
  static boolean isLinux() {
    return Files.isReadable(Path.of("/proc/self/status"));
  }

  boolean isBusy() {
    return loadBefore > BESIDE_NOTHING;
  }

  /** One sentence. */
  String sentence() {
    return String.format(
        Locale.ROOT,
        "%d processors, %.0f GiB of memory, Linux %s, Java %s. %s",
        processors,
        memoryGiB,
        kernel,
        java,
        isBusy()
            ? "Other programs ran beside (load average %.1f at the start), which makes times longer."
                .formatted(loadBefore)
            : "Nothing else ran beside.");
  }
}
