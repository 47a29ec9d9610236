package dev.monolift.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.cli.ExitCode;
import dev.monolift.cli.Version;
import dev.monolift.dns.lab.DnsLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The image runs: with its own files only, which it cannot change, and as its own user.
 *
 * @see OperatorImageIT
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperatorImageRunIT {
  private static final Path NO_INPUT = Path.of("/dev/null");

  private Path folder;
  private OperatorImage image;
  private Path root;

  @BeforeAll
  void unpack(@TempDir Path temporary) throws IOException {
    folder = temporary;
    image = OperatorImage.read(Files.createDirectory(folder.resolve("archive")));
    root = Files.createDirectory(folder.resolve("root"));
    image.unpack(root);
  }

  private ImageProcess start(Map<String, String> environment, Path input, String... arguments)
      throws IOException {
    return ImageProcess.start(
        ImageProcess.command(image, root, environment, arguments), input, folder);
  }

  /** Without a subcommand it says which there are. */
  @ParameterizedTest
  @CsvSource({
    "'', 2, Usage: monolift",
    "--version, 0, (Java 25",
    "operator --help, 0, --lease-namespace",
    "restart run --help, 0, --deployment=NAME",
    "restart run, 2, Missing required options",
    "completion bash, 0, complete",
    "render -f -, 0, kind: Deployment",
    "lint -f -, 0, php"
  })
  void aCommandRuns(String arguments, int exitCode, String says) throws Exception {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    try (var command = start(Map.of(), Path.of("examples/full-worker.yaml"), words)) {
      assertThat(command.await()).as(command.output()).isEqualTo(exitCode);
      assertThat(command.output()).contains(says).doesNotContain("WARNING");
    }
  }

  @Test
  void itSaysItsVersion() throws Exception {
    try (var command = start(Map.of(), NO_INPUT, "--version")) {
      assertThat(command.await()).as(command.output()).isEqualTo(ExitCode.OK);
      assertThat(command.output()).startsWith("monolift " + Version.current() + " (Java 25");
    }
  }

  /** As the kubelet writes it: a name of the pod's own is in its /etc/hosts. */
  @Test
  void namesAreLookedUpInHostsAndInDns() throws IOException {
    OperatorRoom.enter().account().write(root);
    var records = Map.of("api.corp.example", "127.0.0.1");
    try (var lab = DnsLab.start(folder, records, "127.0.0.1 localhost api.hosts.example\n")) {
      assertThat(lookUp(lab, "api.hosts.example")).contains("nothing accepts connections there");
      var dns = look(lab, "api.corp.example");
      assertThat(dns.output()).contains("nothing accepts connections there");
      assertThat(dns.names()).contains("api.corp.example");
      assertThat(lookUp(lab, "api.nowhere.example")).contains("its name cannot be resolved");
    }
  }

  private String lookUp(DnsLab lab, String name) throws IOException {
    return look(lab, name).output();
  }

  private DnsLab.Observation look(DnsLab lab, String server) throws IOException {
    var environment =
        Map.of(
            "KUBERNETES_SERVICE_HOST",
            server,
            "KUBERNETES_SERVICE_PORT",
            "1",
            "MONOLIFT_POD",
            "monolift-1");
    // the lab reads standard output only
    var command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 2>&1", "sh"));
    command.addAll(ImageProcess.command(image, root, environment, "operator"));
    return lab.run("nameserver 127.0.0.1\n", command);
  }

  @Test
  void theOperatorReconcilesAndEndsWithZero() throws Exception {
    var room = OperatorRoom.enter();
    room.account().write(root);
    try (var operator = start(room.environment(), NO_INPUT, room.arguments())) {
      await().atMost(Duration.ofMinutes(3)).until(() -> !operator.isAlive() || room.isReady());
      assertThat(operator.isAlive()).as(operator.output()).isTrue();

      room.createWorker("mail");
      await().atMost(Duration.ofMinutes(2)).until(() -> room.isScheduled("mail"));

      assertThat(room.restartImage("mail")).isEqualTo(OperatorRoom.IMAGE);
      assertThat(operator.terminate()).as(operator.output()).isEqualTo(ExitCode.OK);
      assertThat(operator.output()).doesNotContain("WARN");
    }
  }
}
