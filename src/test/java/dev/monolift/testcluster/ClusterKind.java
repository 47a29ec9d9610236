package dev.monolift.testcluster;

import java.nio.file.Path;
import java.util.Optional;

/** One way to have a cluster; {@link TestCluster} picks among them. */
interface ClusterKind extends AutoCloseable {
  /** One line for the log: which cluster this is. */
  String description();

  /** A kubeconfig whose current context is an administrator of this cluster. */
  Path kubeconfig();

  /** A kubectl that fits the server's version. */
  Path kubectl();

  /** The audit log so far (JSON lines, level Metadata); empty when this kind has none. */
  Optional<Path> auditLog();

  /** The DNS server that pods ask, where a test may give it names and count its queries. */
  default Optional<DnsNames> dns() {
    return Optional.empty();
  }

  /** True when nodes are simulated: more of them cost nothing, and no container really runs. */
  boolean simulatesNodes();

  /**
   * Gives the nodes an image, so that pods find it without a registry.
   *
   * @param archive the image as {@code docker save} writes it
   * @throws IllegalStateException when this kind cannot
   */
  void loadImage(Path archive);

  @Override
  void close();
}
