package dev.monolift.testcluster;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The clusters of this JVM, each started by the first test that asks. */
final class SharedCluster {
  private SharedCluster() {}

  /** The cluster whose nodes may be simulated. */
  static TestCluster get() {
    return Holder.OUTCOME.get();
  }

  /** The cluster with a real node. */
  static TestCluster withNode() {
    return NodeHolder.OUTCOME.get();
  }

  /**
   * The cluster, or the same reason for every test that asks: a class that failed to initialise
   * would tell the first one only.
   */
  private record Outcome(@Nullable TestCluster cluster, @Nullable RuntimeException failure) {
    static Outcome of(Supplier<TestCluster> start) {
      try {
        TestCluster cluster = start.get();
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "stop the test cluster"));
        return new Outcome(cluster, null);
      } catch (RuntimeException e) {
        return new Outcome(null, e);
      }
    }

    TestCluster get() {
      if (cluster == null) {
        throw new IllegalStateException("there is no test cluster", failure);
      }
      return cluster;
    }
  }

  private static final class Holder {
    static final Outcome OUTCOME = Outcome.of(TestCluster::start);
  }

  private static final class NodeHolder {
    static final Outcome OUTCOME = Outcome.of(TestCluster::startWithNode);
  }
}
