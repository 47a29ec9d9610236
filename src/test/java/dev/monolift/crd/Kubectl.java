package dev.monolift.crd;

import static org.awaitility.Awaitility.await;

import dev.monolift.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person gets who types a kubectl command in one namespace.
 *
 * @param cluster the cluster
 * @param namespace the namespace
 */
public record Kubectl(TestCluster cluster, String namespace) {

  /**
   * How a command ended.
   *
   * @param exitCode 0 when it went well
   * @param out what it printed
   * @param err what it complained
   */
  public record Result(int exitCode, String out, String err) {
    /** What it printed; fails when it went wrong. */
    public String orFail() {
      if (exitCode != 0) {
        throw new AssertionError("kubectl ended with " + exitCode + ": " + err);
      }
      return out;
    }
  }

  /** Installs the definitions as the README says: by a plain, client-side apply. */
  public void installCrds() {
    run("apply", "-f", "crds/").orFail();
    // explain needs more than the kind itself: the server has published its schema
    await("the definitions are served")
        .atMost(Duration.ofMinutes(1))
        .until(() -> CrdFile.all().allMatch(crd -> run("explain", crd.name()).exitCode() == 0));
  }

  /** Runs kubectl with these arguments. */
  public Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** Runs {@code kubectl apply -f -} with this file and more arguments. */
  public Result apply(String yaml, String... arguments) {
    var all = new ArrayList<>(List.of("apply", "-f", "-"));
    all.addAll(List.of(arguments));
    return runWithInput(yaml, all.toArray(String[]::new));
  }

  private Result runWithInput(String input, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                cluster.kubectl().toString(),
                "--kubeconfig=" + cluster.kubeconfig(),
                "--namespace=" + namespace));
    command.addAll(List.of(arguments));
    try {
      Path in = Files.createTempFile("kubectl", ".in");
      Path err = Files.createTempFile("kubectl", ".err");
      try {
        Files.writeString(in, input);
        Process process =
            new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
      } finally {
        Files.delete(in);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
