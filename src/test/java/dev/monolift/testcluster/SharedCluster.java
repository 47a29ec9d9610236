package dev.monolift.testcluster;

import org.jspecify.annotations.Nullable;

/** The cluster of this JVM, started by the first test that asks. */
final class SharedCluster {
  private SharedCluster() {}

  /**
   * The cluster, or the same reason for every test that asks: a class that failed to initialise
   * would tell the first one only.
   */
  static TestCluster get() {
    Outcome outcome = Holder.OUTCOME;
    if (outcome.cluster == null) {
      throw new IllegalStateException("there is no test cluster", outcome.failure);
    }
    return outcome.cluster;
  }

  private record Outcome(@Nullable TestCluster cluster, @Nullable RuntimeException failure) {
    static Outcome start() {
      try {
        var cluster = TestCluster.start();
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "stop the test cluster"));
        return new Outcome(cluster, null);
      } catch (RuntimeException e) {
        return new Outcome(null, e);
      }
    }
  }

  private static final class Holder {
    static final Outcome OUTCOME = Outcome.start();
  }
}
