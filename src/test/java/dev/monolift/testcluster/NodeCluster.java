package dev.monolift.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A control plane of this machine's own with one node that really runs containers: containerd and
 * runc, kubelet, kube-proxy, and CoreDNS as a process of the node. Needs root on Debian.
 */
final class NodeCluster implements ClusterKind {
  private static final String[] MODULES = {"etcd", "kubernetes", "containerd", "node", "coredns"};

  private final ControlPlane plane;
  private final NodeNamespaces namespaces;
  private final NodeFlags flags;

  /** One for all tests: the server takes no text whose serial number it has had. */
  private final DnsNames names;

  private NodeCluster(ControlPlane plane, NodeNamespaces namespaces, NodeFlags flags) {
    this.plane = plane;
    this.namespaces = namespaces;
    this.flags = flags;
    this.names =
        new DnsNames(
            plane.folder().resolve("zones/db." + DnsNames.ZONE),
            plane.folder().resolve("coredns.log"));
  }

  /**
   * Builds programs and images when they are not cached (minutes, once) and starts the node (less
   * than a minute).
   *
   * @throws IllegalStateException with the end of the log of the program that failed
   */
  static NodeCluster start() {
    Path bin = Path.of(Command.script("src/testcluster/build.sh", MODULES));
    Path pause = TestImages.archive(NodeFlags.PAUSE);
    return ControlPlane.withFreePorts(() -> start(bin, pause));
  }

  private static NodeCluster start(Path bin, Path pause) {
    try {
      Path folder = WorkDirectory.create();
      var namespaces = NodeNamespaces.start(folder);
      var plane = new ControlPlane(bin, folder, namespaces.machineAddress());
      var cluster = new NodeCluster(plane, namespaces, new NodeFlags(folder, namespaces));
      try {
        cluster.startPrograms(pause);
        return cluster;
      } catch (IOException | RuntimeException e) {
        cluster.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the real node cannot be started", e);
    }
  }

  private void startPrograms(Path pause) throws IOException {
    var kubelet = ApiUser.kubelet(NodeFlags.NODE);
    run("containerd", flags.containerd());
    plane.start(List.of(kubelet, ApiUser.PROXY, ApiUser.DNS));
    run("coredns", flags.dns(plane.kubeconfig(ApiUser.DNS)));
    Path socket = namespaces.inside(NodeFlags.SOCKET);
    plane.readiness().await("containerd", () -> Files.exists(socket));
    loadImage(pause);
    run("kubelet", flags.kubelet(plane.kubeconfig(kubelet)));
    run("kube-proxy", flags.proxy(plane.kubeconfig(ApiUser.PROXY)));
    plane.awaitControllers();
    plane.readiness().awaitNode(plane.kubeconfig(), NodeFlags.NODE);
  }

  /** Starts a program of the node; it finds the others of the build, and Debian's, on its path. */
  private void run(String program, List<String> arguments) throws IOException {
    plane.run(program, enter(), arguments);
  }

  private List<String> enter() {
    var prefix = new ArrayList<>(namespaces.enter());
    prefix.add("env");
    prefix.add("PATH=" + plane.program("") + ":/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin");
    return prefix;
  }

  @Override
  public void loadImage(Path archive) {
    var command = new ArrayList<>(enter());
    command.addAll(List.of("ctr", "--namespace=k8s.io", "images", "import", "--local"));
    command.add(archive.toAbsolutePath().toString());
    Command.output(command.toArray(String[]::new));
  }

  @Override
  public String description() {
    return "a real node and its control plane, logs in " + plane.folder();
  }

  @Override
  public Path kubeconfig() {
    return plane.kubeconfig();
  }

  @Override
  public Path kubectl() {
    return plane.program("kubectl");
  }

  @Override
  public Optional<Path> auditLog() {
    return Optional.of(plane.auditLog());
  }

  @Override
  public Optional<DnsNames> dns() {
    return Optional.of(names);
  }

  @Override
  public boolean simulatesNodes() {
    return false;
  }

  @Override
  public void close() {
    namespaces.close();
    plane.close();
  }
}
