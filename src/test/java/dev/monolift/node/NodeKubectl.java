package dev.monolift.node;

import dev.monolift.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * kubectl as an administrator.
 *
 * @param cluster where
 * @param namespace in which namespace, unless the arguments say another one
 */
record NodeKubectl(TestCluster cluster, String namespace) {
  /** Runs it and returns what it printed; a failure fails the test. */
  String run(String... arguments) {
    return feed("", arguments);
  }

  /** Applies documents as a person would. */
  void apply(String... yaml) {
    feed(String.join("---\n", yaml), "apply", "-f", "-");
  }

  /**
   * Runs it with something to read.
   *
   * @param input what it reads
   * @param arguments arguments
   * @return what it printed, without complaints
   */
  String feed(String input, String... arguments) {
    var command = new ArrayList<String>(List.of(cluster.kubectl().toString()));
    command.addAll(List.of("--kubeconfig", cluster.kubeconfig().toString(), "-n", namespace));
    command.addAll(List.of(arguments));
    try {
      Path errors = Files.createTempFile("monolift-kubectl", "");
      try {
        var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
          in.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
          throw new AssertionError(
              "kubectl %s: %s%s"
                  .formatted(String.join(" ", arguments), output, Files.readString(errors)));
        }
        return output;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
