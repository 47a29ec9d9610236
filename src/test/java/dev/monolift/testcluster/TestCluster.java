package dev.monolift.testcluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/**
 * A cluster for tests, with at least one node: the first that this machine can have of
 *
 * <ol>
 *   <li>the kubeconfig context that {@code MONOLIFT_TEST_CONTEXT} names,
 *   <li>K3s in Docker,
 *   <li>a control plane built from Go modules, with simulated nodes.
 * </ol>
 *
 * {@code MONOLIFT_TEST_CLUSTER=context|docker|go} forces one. The choice itself is in {@code
 * src/testcluster/pick.sh}, because the build checks it before any Java runs.
 */
public final class TestCluster implements AutoCloseable {
  private final ClusterKind kind;
  private final KubernetesClient client;
  private final AtomicInteger nodes = new AtomicInteger();
  private final Set<Path> images = new HashSet<>();
  private final Queue<Namespace> namespaces = new ConcurrentLinkedQueue<>();

  private TestCluster(ClusterKind kind) {
    this.kind = kind;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kind.kubeconfig().toFile()))
            .build();
  }

  /**
   * Starts a cluster of the caller's own.
   *
   * @return the cluster; close it
   * @throws IllegalStateException when none is possible, saying what to install, or when it does
   *     not become ready, with the end of the log of the program that failed
   */
  public static TestCluster start() {
    return started(pick());
  }

  /**
   * Starts a cluster of the caller's own whose node really runs containers.
   *
   * @return the cluster; close it
   * @throws IllegalStateException as {@link #start()}
   */
  public static TestCluster startWithNode() {
    return started(pickNode());
  }

  private static TestCluster started(ClusterKind kind) {
    var cluster = new TestCluster(kind);
    try {
      cluster.addNodes(1);
      System.err.println("testcluster: " + cluster.kind.description());
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * The one cluster that all tests of this JVM share; it starts with the first call and ends with
   * the JVM. Use {@link #newNamespace} to keep out of each other's way.
   *
   * @return the shared cluster; do not close it
   */
  public static TestCluster shared() {
    return SharedCluster.get();
  }

  /**
   * The one cluster with a real node that all tests of this JVM share; see {@link #shared()}.
   *
   * @return the shared cluster; do not close it
   * @throws org.opentest4j.TestAbortedException when the tests run without one ({@code -DskipNode})
   */
  public static TestCluster realNode() {
    Assumptions.assumeFalse(
        () -> !System.getProperty("monolift.skipNode", "false").equals("false"),
        "-DskipNode: no container really runs");
    return SharedCluster.withNode();
  }

  private static ClusterKind pickNode() {
    String picked = Command.script("src/testcluster/pick.sh", "--node");
    return switch (picked) {
      case "debian" -> NodeCluster.start();
      case "docker" -> K3sInDocker.start();
      default -> throw new IllegalStateException("pick.sh --node printed '" + picked + "'");
    };
  }

  private static ClusterKind pick() {
    String picked = Command.script("src/testcluster/pick.sh");
    return switch (picked) {
      case "context" -> UserContext.open(System.getenv("MONOLIFT_TEST_CONTEXT"));
      case "docker" -> K3sInDocker.start();
      case "go" -> SimulatedCluster.start();
      default -> throw new IllegalStateException("pick.sh printed '" + picked + "'");
    };
  }

  /**
   * The way in for other programs.
   *
   * @return a kubeconfig file whose current context is an administrator of this cluster
   */
  public Path kubeconfig() {
    return kind.kubeconfig();
  }

  /**
   * The way in for this JVM.
   *
   * @return an administrator's client; it closes with the cluster
   */
  public KubernetesClient client() {
    return client;
  }

  /**
   * The command-line client.
   *
   * @return a kubectl that fits the server
   */
  public Path kubectl() {
    return kind.kubectl();
  }

  /**
   * What the API server was asked so far: JSON lines of level Metadata.
   *
   * @return the log file; empty for a cluster that is not ours to configure
   */
  public Optional<Path> auditLog() {
    return kind.auditLog();
  }

  /**
   * Gives the real node an image.
   *
   * @param archive the image as {@code docker save} writes it
   * @throws IllegalStateException when this cluster cannot have it
   */
  public void loadImage(Path archive) {
    kind.loadImage(archive);
  }

  /**
   * Gives the real node one of the test images of {@code src/testcluster/images/}, once.
   *
   * @param name name of the image there
   * @return the name by which pods ask for it, with pull policy IfNotPresent
   */
  public synchronized String image(String name) {
    // several images come in one archive
    Path archive = TestImages.archive(name);
    if (images.add(archive)) {
      kind.loadImage(archive);
    }
    return TestImages.reference(name);
  }

  /**
   * The DNS server that pods ask.
   *
   * @return its names and queries; empty for a cluster whose server is not ours
   */
  public Optional<DnsNames> dns() {
    return kind.dns();
  }

  /**
   * Adds simulated nodes and waits until they are ready. A cluster with real nodes stays as it is.
   *
   * @param count how many more
   */
  public void addNodes(int count) {
    if (!kind.simulatesNodes()) {
      return;
    }
    List<String> names =
        IntStream.range(0, count).mapToObj(i -> "node-" + nodes.getAndIncrement()).toList();
    names.forEach(name -> client.resource(SimulatedNodes.node(name)).create());
    for (String name : names) {
      client
          .nodes()
          .withName(name)
          .waitUntilCondition(
              node -> node != null && Readiness.getInstance().isReady(node), 60, TimeUnit.SECONDS);
    }
  }

  /**
   * Creates a namespace for one test.
   *
   * @param prefix what its name begins with, for people who look
   * @return its name, which no other test has
   */
  public String newNamespace(String prefix) {
    Namespace namespace =
        client
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName(prefix.toLowerCase(Locale.ROOT) + "-")
                    .endMetadata()
                    .build())
            .create();
    namespaces.add(namespace);
    return namespace.getMetadata().getName();
  }

  /** Applies every file of {@code crds/} and waits until the API server serves the kinds. */
  public void installCrds() {
    CustomResources.install(client);
  }

  /** Stops what was started; of a cluster that was there before, removes the test namespaces. */
  @Override
  public void close() {
    if (!kind.simulatesNodes()) {
      namespaces.forEach(namespace -> client.resource(namespace).delete());
    }
    client.close();
    kind.close();
  }
}
