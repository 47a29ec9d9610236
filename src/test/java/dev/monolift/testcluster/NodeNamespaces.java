package dev.monolift.testcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The network, mount and process namespaces that a real node lives in, and its cgroups: see {@code
 * src/testcluster/node.sh}. The machine's own stay as they are.
 */
final class NodeNamespaces implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final Program holder;
  private final String pid;
  private final String number;

  private NodeNamespaces(Path folder, Program holder, String pid, String number) {
    this.folder = folder;
    this.holder = holder;
    this.pid = pid;
    this.number = number;
  }

  /**
   * Makes the namespaces and connects them with this machine; removes what killed runs left.
   *
   * @throws IllegalStateException when this machine does not allow it, saying what failed
   */
  static NodeNamespaces start(Path folder) throws IOException {
    script("clean");
    Path script = Command.inRepository("src/testcluster/node.sh");
    Program holder =
        Program.start(folder, script, List.of("sh"), List.of("hold", folder.toString()));
    try {
      Path pid = folder.resolve("node.pid");
      new Readiness(List.of(holder)).await("node.sh", () -> Files.exists(pid));
      String number = script("connect", folder.toString());
      return new NodeNamespaces(folder, holder, Files.readString(pid).strip(), number);
    } catch (IOException | RuntimeException e) {
      holder.awaitEnd(Duration.ZERO);
      script("clean", folder.toString());
      throw e;
    }
  }

  private static String script(String... arguments) {
    return Command.script("src/testcluster/node.sh", arguments);
  }

  /** This machine's address, as the node sees it. */
  String machineAddress() {
    return "198.18." + number + ".1";
  }

  /** The node's address. */
  String nodeAddress() {
    return "198.18." + number + ".2";
  }

  /** The range of the pods' addresses, as CIDR. */
  String podRange() {
    return "198.19." + number + ".0/24";
  }

  /** Name of the cgroup below which all pods are, with a leading slash. */
  String cgroup() {
    return "/monolift-node-" + folder.getFileName();
  }

  /** What a command line begins with to run inside. */
  List<String> enter() {
    return List.of("nsenter", "--target=" + pid, "--net", "--mount", "--pid", "--uts", "--ipc");
  }

  /** A file inside, as this JVM can read it. */
  Path inside(String path) {
    return Path.of("/proc", pid, "root").resolve(path.substring(1));
  }

  /** Kills everything inside; the kernel removes mounts and interfaces with the last process. */
  @Override
  public void close() {
    holder.awaitEnd(Duration.ZERO);
    Path first = Path.of("/proc", pid);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Files.exists(first) && System.nanoTime() < deadline) {
      Readiness.pause();
    }
    script("clean", folder.toString());
  }
}
