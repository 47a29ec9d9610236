package dev.monolift.plan;

import java.util.Map;

/**
 * Something that is counted once its status has been written. The loop adds the namespace and the
 * name of the resource as labels.
 *
 * @param counter what is counted
 * @param labels further labels of the counter, by name; the same names each time
 */
public record PlannedCount(Counter counter, Map<String, String> labels) {

  /** Copies the map. */
  public PlannedCount {
    labels = Map.copyOf(labels);
  }

  /** What can be counted. */
  public enum Counter {
    /** Pods that ended; labels verdict and cause. */
    WORKER_DRAINS("monolift.worker.drains", "Pods that ended, by verdict and cause.");

    private final String meter;
    private final String description;

    Counter(String meter, String description) {
      this.meter = meter;
      this.description = description;
    }

    /**
     * Its name.
     *
     * @return words with dots; in Prometheus they are joined by underscores and end with total
     */
    public String meter() {
      return meter;
    }

    /**
     * What it counts.
     *
     * @return a sentence
     */
    public String description() {
      return description;
    }
  }

  /**
   * A pod that ended.
   *
   * @param verdict how, as in the status
   * @param cause why, as in the status
   * @return the count
   */
  public static PlannedCount drain(String verdict, String cause) {
    return new PlannedCount(Counter.WORKER_DRAINS, Map.of("verdict", verdict, "cause", cause));
  }
}
