package dev.monolift.testcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of the cluster, with programs that only pretend. */
class PickTest {
  @TempDir private Path bin;

  @Test
  void aNamedContextComesFirst() throws Exception {
    pretend("docker", "exit 0");
    pretend("kubectl", "exit 0");
    pretend("go", "echo go1.26.3");

    assertThat(pick(Map.of("MONOLIFT_TEST_CONTEXT", "mine"))).isEqualTo("context\n");
  }

  @Test
  void dockerComesBeforeGo() throws Exception {
    pretend("docker", "exit 0");
    pretend("kubectl", "exit 0");
    pretend("go", "echo go1.26.3");

    assertThat(pick(Map.of())).isEqualTo("docker\n");
  }

  @Test
  void aDockerClientWithoutAnEngineIsNotEnough() throws Exception {
    pretend("docker", "exit 1");
    pretend("go", "echo go1.27");

    assertThat(pick(Map.of())).isEqualTo("go\n");
  }

  @Test
  void oneMessageNamesEverythingThatIsMissing() throws Exception {
    pretend("docker", "exit 1");
    pretend("go", "case $1 in env) echo go1.25.9 ;; *) echo go version go1.25.9 ;; esac");

    assertThat(pick(Map.of()))
        .isEqualTo(
            "testcluster: no test cluster is possible: install Go 1.26 or newer (found: go version go1.25.9), or have kubectl and either a running Docker engine or, in MONOLIFT_TEST_CONTEXT, the name of a kubeconfig context that tests may use\nexit code 69\n");
  }

  @Test
  void aForcedKindIsNotReplacedByAnother() throws Exception {
    pretend("docker", "exit 1");
    pretend("go", "echo go1.26.3");

    assertThat(pick(Map.of("MONOLIFT_TEST_CLUSTER", "docker")))
        .isEqualTo(
            "testcluster: MONOLIFT_TEST_CLUSTER=docker needs a Docker engine that 'docker info' can"
                + " reach, and kubectl\nexit code 69\n");
  }

  @Test
  void rootOnDebianMakesANodeOfItsOwn() throws Exception {
    pretendDebian("0");
    pretend("docker", "exit 0");
    pretend("kubectl", "exit 0");

    assertThat(pick(Map.of(), "--node")).isEqualTo("debian\n");
    assertThat(pick(Map.of("MONOLIFT_TEST_NODE", "docker"), "--node")).isEqualTo("docker\n");
  }

  @Test
  void othersHaveANodeInDocker() throws Exception {
    pretendDebian("1000");
    pretend("docker", "exit 0");
    pretend("kubectl", "exit 0");

    assertThat(pick(Map.of(), "--node")).isEqualTo("docker\n");
  }

  @Test
  void whereNoNodeIsPossibleTheWaysOutAreNamed() throws Exception {
    pretendDebian("1000");
    pretend("docker", "exit 1");

    assertThat(pick(Map.of(), "--node"))
        .isEqualTo(
            "testcluster: no real node is possible: one is made here as root on Debian (you are not root), or have kubectl and a running Docker engine; without one: mvn verify -DskipNode\nexit code 69\n");
    assertThat(pick(Map.of("MONOLIFT_TEST_NODE", "debian"), "--node"))
        .isEqualTo(
            "testcluster: MONOLIFT_TEST_NODE=debian is not possible: you are not root\nexit code 69\n");
  }

  @Test
  void aMachineWithoutNamespacesCannotMakeANode() throws Exception {
    pretendDebian("0");
    pretend("unshare", "exit 1");
    pretend("docker", "exit 1");

    assertThat(pick(Map.of(), "--node")).contains("(namespaces may not be made here)");
  }

  private void pretendDebian(String user) throws IOException {
    pretend("id", "echo " + user);
    pretend("apt-get", "exit 0");
    pretend("unshare", "exit 0");
    pretend("go", "echo go1.26.3");
  }

  private void pretend(String program, String script) throws IOException {
    Path file = Files.writeString(bin.resolve(program), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String pick(Map<String, String> environment, String... arguments) throws Exception {
    var builder =
        new ProcessBuilder("sh", Command.inRepository("src/testcluster/pick.sh").toString())
            .redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    builder.environment().keySet().removeIf(name -> name.startsWith("MONOLIFT_"));
    builder.environment().put("PATH", bin + ":/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    return code == 0 ? output : output + "exit code " + code + "\n";
  }
}
