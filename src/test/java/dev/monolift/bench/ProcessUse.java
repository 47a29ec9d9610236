package dev.monolift.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has used, from Linux' /proc.
 *
 * @param cpu time of processor, of all threads, in the program and in the kernel
 * @param rssMiB resident memory now
 * @param peakMiB highest resident memory since its start
 */
record ProcessUse(Duration cpu, double rssMiB, double peakMiB) {
  /** USER_HZ; the kernel shows it as 100 to every program (proc_pid_stat(5)). */
  private static final long MILLIS_PER_TICK = 10;

  private static final double KIB_PER_MIB = 1024.0;

  /** Reads it now. */
  static ProcessUse of(long pid) {
    try {
      Path folder = Path.of("/proc", Long.toString(pid));
      String stat = Files.readString(folder.resolve("stat"));
      // the second field, in parentheses, may have spaces; utime and stime are fields 14 and 15
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      String status = Files.readString(folder.resolve("status"));
      return new ProcessUse(
          Duration.ofMillis(ticks * MILLIS_PER_TICK),
          kib(status, "VmRSS") / KIB_PER_MIB,
          kib(status, "VmHWM") / KIB_PER_MIB);
    } catch (IOException e) {
      throw new UncheckedIOException("the process " + pid + " cannot be measured", e);
    }
  }

  private static double kib(String status, String field) {
    Matcher line = Pattern.compile(field + ":\\s*(\\d+) kB").matcher(status);
    if (!line.find()) {
      throw new IllegalStateException("/proc has no " + field + ": is the process alive?");
    }
    return Double.parseDouble(line.group(1));
  }

  /** Seconds of processor since an earlier look. */
  double cpuSince(ProcessUse before) {
    return cpu.minus(before.cpu).toMillis() / 1000.0;
  }
}
