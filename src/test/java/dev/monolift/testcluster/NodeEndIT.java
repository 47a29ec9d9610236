package dev.monolift.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    List<String> before = traces();
    Path folder;
    List<ProcessHandle> programs;
    List<String> during;
    try (TestCluster cluster = TestCluster.startWithNode()) {
      folder = cluster.kubeconfig().resolveSibling(".").normalize();
      programs = ProcessHandle.current().descendants().filter(p -> isOf(p, folder)).toList();
      assertThat(programs).hasSizeGreaterThanOrEqualTo(8);
      during = tracesSince(before);
      assertThat(during).hasSizeGreaterThan(1);
    }

    await().atMost(PATIENCE).until(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(folder).doesNotExist();
    assertThat(traces()).doesNotContainAnyElementsOf(during);
  }

  @Test
  void aKilledOwnerLeavesNothingThatTheNextDoesNotRemove() throws IOException {
    List<String> before = traces();
    var held = HeldByAnother.start("--node");
    assertThat(held.programs()).hasSizeGreaterThanOrEqualTo(8);
    List<String> during = tracesSince(before);
    assertThat(during).hasSizeGreaterThan(1);

    held.owner().destroyForcibly();

    await()
        .atMost(PATIENCE)
        .until(() -> held.programs().stream().noneMatch(ProcessHandle::isAlive));
    try (TestCluster next = TestCluster.startWithNode()) {
      assertThat(next.client().nodes().list().getItems()).hasSize(1);
      assertThat(held.folder()).doesNotExist();
    }
    assertThat(traces()).doesNotContainAnyElementsOf(during);
  }

  private static boolean isOf(ProcessHandle process, Path folder) {
    return process.info().commandLine().orElse("").contains(folder.toString());
  }

  private static List<String> tracesSince(List<String> before) throws IOException {
    return traces().stream().filter(trace -> !before.contains(trace)).toList();
  }

  /** What a node has outside of its folder: cgroups, interfaces, and mounts in our namespace. */
  private static List<String> traces() throws IOException {
    Path cgroups = Path.of("/sys/fs/cgroup");
    try (var one = Files.list(cgroups);
        var two = Files.find(cgroups, 2, (path, attributes) -> attributes.isDirectory())) {
      return Stream.of(
              Stream.concat(one, two)
                  .map(Path::toString)
                  .filter(path -> path.contains("monolift-node-")),
              NetworkInterface.networkInterfaces().map(NetworkInterface::getName),
              Files.readAllLines(Path.of("/proc/self/mounts")).stream())
          .flatMap(lines -> lines)
          .sorted()
          .distinct()
          .toList();
    }
  }
}
