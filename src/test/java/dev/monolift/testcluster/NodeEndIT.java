package dev.monolift.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.monolift.proof.Proof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node that we make ourselves, above all: that nothing of it stays. */
class NodeEndIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @BeforeAll
  static void onlyWhereANodeIsMade() {
    assumeTrue(!Boolean.getBoolean("monolift.skipNode"), "-DskipNode");
    String kind = Command.script("src/testcluster/pick.sh", "--node");
    assumeTrue(kind.equals("debian"), "the real node of this machine is of kind " + kind);
  }

  @Test
  void closingLeavesNothing() throws IOException {
    Path folder;
    String address;
    List<ProcessHandle> programs;
    long start = System.nanoTime();
    Duration ready;
    try (TestCluster cluster = TestCluster.startWithNode()) {
      ready = Duration.ofNanos(System.nanoTime() - start);
      folder = cluster.kubeconfig().resolveSibling(".").normalize();
      address = address(folder);
      programs = ProcessHandle.current().descendants().filter(p -> isOf(p, folder)).toList();
      assertThat(programs).hasSizeGreaterThanOrEqualTo(8);
      assertThat(traces(folder, address)).anyMatch(t -> t.contains("/memory/")).contains(address);
    }

    await().atMost(PATIENCE).until(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(folder).doesNotExist();
    assertThat(traces(folder, address)).isEmpty();
    Proof.fact(
        Proof.Chapter.NODE,
        "The node of these tests leaves nothing behind: no process, mount, cgroup, interface or file.",
        "%d programs ended; it was ready %.1f s after its start, from built programs"
            .formatted(programs.size(), ready.toMillis() / 1000.0));
  }

  @Test
  void aKilledOwnerLeavesNothingThatTheNextDoesNotRemove() throws IOException {
    var held = HeldByAnother.start("--node");
    String address = address(held.folder());
    assertThat(held.programs()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(traces(held.folder(), address)).contains(address);

    held.owner().destroyForcibly();

    await()
        .atMost(PATIENCE)
        .until(() -> held.programs().stream().noneMatch(ProcessHandle::isAlive));
    try (TestCluster next = TestCluster.startWithNode()) {
      assertThat(next.client().nodes().list().getItems()).hasSize(1);
      assertThat(held.folder()).doesNotExist();
      assertThat(traces(held.folder(), address(next.kubeconfig().resolveSibling("."))))
          .noneMatch(trace -> trace.contains(held.folder().getFileName().toString()));
    }
  }

  private static boolean isOf(ProcessHandle process, Path folder) {
    return process.info().commandLine().orElse("").contains(folder.toString());
  }

  /** The address that this machine has on the node's interface. */
  private static String address(Path folder) throws IOException {
    var server = Pattern.compile("https://([0-9.]+):");
    var found = server.matcher(Files.readString(folder.resolve("administrator.kubeconfig")));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  /** What a node has outside of its folder: cgroups, mounts in our namespace, an interface. */
  private static List<String> traces(Path folder, String address) throws IOException {
    String name = folder.getFileName().toString();
    Path cgroups = Path.of("/sys/fs/cgroup");
    var addresses =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .map(InetAddress::getHostAddress)
            .filter(address::equals);
    try (var one = Files.list(cgroups);
        var two = Files.find(cgroups, 2, (path, attributes) -> attributes.isDirectory());
        var mounts = Files.lines(Path.of("/proc/self/mounts"))) {
      return Stream.of(Stream.concat(one, two).map(Path::toString), mounts)
          .flatMap(lines -> lines)
          .filter(line -> line.contains(name))
          .collect(() -> new ArrayList<>(addresses.toList()), List::add, List::addAll);
    }
  }
}
