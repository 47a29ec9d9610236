package dev.monolift.testcluster;

import java.io.IOException;
import java.util.List;

/**
 * A cluster for another program: starts one, prints the path of its kubeconfig as the only line on
 * stdout, and keeps it until stdin ends or the process is stopped.
 */
public final class HeldCluster {
  private HeldCluster() {}

  /**
   * Holds a cluster.
   *
   * @param args {@code --node} for one with a real node
   * @throws IOException when stdin cannot be read
   */
  public static void main(String[] args) throws IOException {
    // shared: it also ends with a signal
    boolean node = List.of(args).contains("--node");
    var cluster = node ? TestCluster.realNode() : TestCluster.shared();
    System.out.println(cluster.kubeconfig());
    System.out.flush();
    while (System.in.read() >= 0) {
      // nothing that comes in matters, only the end does
    }
    System.exit(0);
  }
}
