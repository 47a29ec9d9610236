package dev.monolift.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control plane that we start ourselves, above all: that it ends. */
class ControlPlaneIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @BeforeAll
  static void onlyWhereItIsTheTestCluster() {
    String kind = Command.script("src/testcluster/pick.sh");
    assumeTrue(kind.equals("go"), "the test cluster of this machine is of kind " + kind);
  }

  @Test
  void serverAndClientHaveThePinnedVersion() {
    TestCluster cluster = TestCluster.shared();

    String version =
        Command.output(
            cluster.kubectl().toString(), "--kubeconfig=" + cluster.kubeconfig(), "version");

    assertThat(version).contains("Client Version: v1.36.3").contains("Server Version: v1.36.3");
  }

  @Test
  void twoAtOnceDoNotMeet() {
    TestCluster first = TestCluster.shared();
    try (TestCluster second = TestCluster.start()) {
      String namespace = first.newNamespace("only-in-the-first");

      assertThat(second.client().namespaces().withName(namespace).get()).isNull();
      assertThat(second.client().nodes().list().getItems()).hasSize(1);
      second.addNodes(2);
      assertThat(second.client().nodes().list().getItems()).hasSize(3);
    }
  }

  @Test
  void closingLeavesNothing() throws IOException {
    var before = ProcessHandle.current().children().toList();
    Path folder;
    List<ProcessHandle> programs;
    try (TestCluster cluster = TestCluster.start()) {
      folder = cluster.kubeconfig().resolveSibling(".").normalize();
      programs =
          ProcessHandle.current()
              .children()
              .filter(child -> !before.contains(child))
              .flatMap(ProcessHandle::descendants)
              .toList();
      assertThat(programs).hasSizeGreaterThanOrEqualTo(5);
    }

    assertThat(folder).doesNotExist();
    await().atMost(PATIENCE).until(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void aKilledOwnerLeavesNothing() throws IOException {
    var held = HeldByAnother.start();
    Path folder = held.folder();
    List<ProcessHandle> programs = held.programs();
    assertThat(programs).hasSizeGreaterThanOrEqualTo(5);
    assertThat(folder).exists();

    held.owner().destroyForcibly();

    await().atMost(PATIENCE).until(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
    try (TestCluster next = TestCluster.start()) {
      assertThat(next.client().nodes().list().getItems()).hasSize(1);
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void aProgramThatDiesShowsTheEndOfItsLog(@TempDir Path folder) throws IOException {
    Path program =
        Files.writeString(folder.resolve("etcd"), "#!/bin/sh\necho no luck >&2\nexit 3\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var readiness = new Readiness(List.of(Program.start(folder, program, List.of())));

    assertThatThrownBy(() -> readiness.await("etcd", () -> false))
        .isInstanceOf(ProgramDied.class)
        .hasMessageContaining("etcd ended with exit code 3")
        .hasMessageContaining("no luck");
  }
}
