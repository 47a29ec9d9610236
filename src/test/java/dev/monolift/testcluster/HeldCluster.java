package dev.monolift.testcluster;

import java.io.IOException;

/**
 * A cluster for another program: starts one, prints the path of its kubeconfig as the only line on
 * stdout, and keeps it until stdin ends or the process is stopped.
 */
public final class HeldCluster {
  private HeldCluster() {}

  /**
   * Holds a cluster.
   *
   * @param args none
   * @throws IOException when stdin cannot be read
   */
  public static void main(String[] args) throws IOException {
    // shared: it also ends with a signal
    System.out.println(TestCluster.shared().kubeconfig());
    System.out.flush();
    while (System.in.read() >= 0) {
      // nothing that comes in matters, only the end does
    }
    System.exit(0);
  }
}
