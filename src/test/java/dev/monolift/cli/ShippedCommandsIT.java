package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.cli.manifest.Manifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in processes of their own: what they print, and nothing else. */
final class ShippedCommandsIT {
  private static final String NOWHERE =
      """
      apiVersion: v1
      kind: Config
      current-context: nowhere
      clusters: [{name: nowhere, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: nobody, user: {token: none}}]
      contexts: [{name: nowhere, context: {cluster: nowhere, user: nobody}}]
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeKubeconfig() throws IOException {
    Files.writeString(kubeconfig(), NOWHERE);
  }

  @Test
  void renderPrintsYamlAndNothingElse() throws IOException {
    CommandRun run = monolift().run("render", "-f", "examples/minimal-worker.yaml");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    var out = new ByteArrayInputStream(run.out().getBytes(StandardCharsets.UTF_8));
    Manifests printed = Manifests.read(List.of("-"), out);
    assertThat(printed.problems()).isEmpty();
    assertThat(printed.documents())
        .extracting(document -> document.kind())
        .contains("Deployment", "MonolithWorker");
  }

  @Test
  void aClusterThatDoesNotAnswerIsOneSentence() {
    CommandRun run = monolift().run("release-pods");

    assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEM);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .isEqualTo(
            "monolift: the cluster at https://127.0.0.1:1/ does not answer: nothing accepts"
                + " connections there");
  }

  @Test
  void aContextThatIsNotThereIsAMistakeOfUsage() {
    for (String command : List.of("release-pods", "operator")) {
      CommandRun run = monolift().run(command, "--context", "elsewhere");

      assertThat(run.exitCode()).as(command).isEqualTo(ExitCode.USAGE);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines())
          .containsExactly(
              "monolift: the context `elsewhere` is not in `"
                  + kubeconfig()
                  + "`; there is: nowhere",
              "Try: monolift " + command + " --help");
    }
  }

  @Test
  void theServerOfTheContextCannotBeReplaced() {
    var elsewhere =
        new CommandProcess(
            folder,
            Map.of(
                "KUBECONFIG", kubeconfig().toString(), "KUBERNETES_MASTER", "https://elsewhere"));

    CommandRun run = elsewhere.run("release-pods", "--context", "nowhere");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("monolift: KUBERNETES_MASTER is set, to `https://elsewhere`;");
  }

  @Test
  void aKubeconfigOfTheWrongShapeIsAMistakeOfUsage() throws IOException {
    Files.writeString(kubeconfig(), "contexts: none\n");

    CommandRun run = monolift().run("release-pods");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("monolift: the kubeconfig `" + kubeconfig() + "` cannot be");
    assertThat(run.err().lines()).hasSize(2);
  }

  @Test
  void aKubeconfigThatIsNotThereIsAMistakeOfUsage() throws IOException {
    Files.delete(kubeconfig());

    CommandRun run = monolift().run("release-pods");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("monolift: KUBECONFIG names `" + kubeconfig() + "`");
  }

  @Test
  void outputThatCannotBeWrittenIsAFailure() throws IOException {
    CommandProcess monolift = monolift();

    int code = monolift.run(Path.of("/dev/full"), "render", "-f", "examples/minimal-worker.yaml");

    assertThat(code).isEqualTo(ExitCode.FAILURE);
    assertThat(Files.readString(monolift.err()))
        .isEqualTo("monolift: the output could not be written; is the disk full?\n");
  }

  private CommandProcess monolift() {
    return new CommandProcess(folder, Map.of("KUBECONFIG", kubeconfig().toString()));
  }

  private Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }
}
