package dev.monolift.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What was measured with some number of workers. Times are in seconds unless the name says
 * otherwise.
 *
 * @param workers how many workers
 * @param floor the same without the operator
 * @param creation from no worker to all of them
 * @param memory resident memory of the operator's process
 * @param idle a span of time in which nobody changed anything
 * @param change from an accepted change of a worker's spec to the first write of a child
 * @param gate from a free slot to an open start gate
 * @param restart from the start of a process with all workers present
 */
record Figures(
    int workers,
    Floor floor,
    Creation creation,
    Memory memory,
    Idle idle,
    Latency change,
    Latency gate,
    Restart restart) {

  /**
   * The workers created, and their children applied by a plain loop of the same client with the
   * same concurrency: no work on the API server can be done in less.
   *
   * @param children number of children
   * @param appliedSeconds until the last child was written
   * @param settledSeconds until Kubernetes' controllers had done their part too
   * @param cpuPerWriteMillis what a write costs the client, in the bench's own process
   */
  record Floor(
      int children, double appliedSeconds, double settledSeconds, double cpuPerWriteMillis) {}

  /**
   * Creation of all workers, from the first request.
   *
   * @param childrenSeconds until the last child was written
   * @param reconciledSeconds until each worker had its children and a status
   * @param settledSeconds until each was Ready and nobody wrote any more
   * @param cpuSeconds of the operator
   * @param passes passes of the loop, all workers together
   * @param childWrites writes of children
   * @param statusWrites writes of statuses
   * @param eventWrites writes of events
   * @param writes all of the operator, by verb and kind
   * @param reads all of the operator, by verb and kind
   */
  record Creation(
      double childrenSeconds,
      double reconciledSeconds,
      double settledSeconds,
      double cpuSeconds,
      long passes,
      int childWrites,
      int statusWrites,
      int eventWrites,
      Map<String, Long> writes,
      Map<String, Long> reads) {
    double cpuPerWriteMillis() {
      return cpuSeconds * 1000 / Math.max(1, childWrites + statusWrites + eventWrites);
    }
  }

  /**
   * Memory in MiB.
   *
   * @param noObject with no worker
   * @param peak highest, until the workers were created and all was quiet
   * @param idle at the end of the quiet minute
   */
  record Memory(double noObject, double peak, double idle) {}

  /**
   * A quiet span.
   *
   * @param seconds how long it was
   * @param cpuSecondsPerMinute of the operator
   * @param writes all of the operator, by verb and kind; the Lease does not count
   * @param reads all of the operator, by verb and kind; the Lease does not count
   */
  record Idle(
      double seconds,
      double cpuSecondsPerMinute,
      Map<String, Long> writes,
      Map<String, Long> reads) {}

  /**
   * A restart.
   *
   * @param lastPassSeconds from the start of the process to the end of the last pass
   * @param passes how many passes that took
   * @param cpuSeconds of the new process, its start included
   * @param idleMiB memory of the new process afterwards
   * @param writes all of the operator, by verb and kind; the Lease does not count
   * @param reads all of the operator, by verb and kind; the Lease does not count
   */
  record Restart(
      double lastPassSeconds,
      long passes,
      double cpuSeconds,
      double idleMiB,
      Map<String, Long> writes,
      Map<String, Long> reads) {}

  /**
   * Times of single actions.
   *
   * @param samples how many
   * @param p50Millis half of them were at most this long
   * @param p95Millis 95 % of them were at most this long
   */
  record Latency(int samples, double p50Millis, double p95Millis) {
    static Latency of(List<Double> millis) {
      double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return new Latency(sorted.length, quantile(sorted, 0.5), quantile(sorted, 0.95));
    }

    /** The nearest-rank quantile. */
    private static double quantile(double[] sorted, double q) {
      return sorted.length == 0
          ? Double.NaN
          : Arrays.stream(sorted)
              .skip((long) Math.ceil(q * sorted.length) - 1)
              .findFirst()
              .orElse(0);
    }
  }
}
