package dev.monolift.demo;

import dev.monolift.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a demo has started, and how all of it goes away again. */
final class DemoRun implements AutoCloseable {
  /** A test image that has the names of the image in examples/. */
  private static final String EXAMPLES_IMAGE = "shop";

  private final Path checkout;
  private final Path folder;
  private @Nullable TestCluster cluster;
  private @Nullable OperatorProcess operator;
  private boolean keepsLog;

  private DemoRun(Path checkout, Path folder) {
    this.checkout = checkout;
    this.folder = folder;
  }

  static DemoRun create(Path checkout) throws IOException {
    return new DemoRun(checkout, Files.createTempDirectory("monolift-demo-"));
  }

  /** Whether pods really run. */
  enum Node {
    /** The first cluster that this machine can have; nodes may be simulated. */
    any,
    /** Pods really run. */
    real
  }

  TestCluster startCluster(Node node) {
    boolean real = node == Node.real;
    TestCluster started = real ? TestCluster.startWithNode() : TestCluster.start();
    cluster = started;
    if (real) {
      started.image(EXAMPLES_IMAGE);
    }
    return started;
  }

  OperatorProcess startOperator(TestCluster where) throws IOException {
    OperatorProcess started = OperatorProcess.start(checkout, where.kubeconfig(), log());
    operator = started;
    return started;
  }

  Path log() {
    return folder.resolve("operator.log");
  }

  /** A short way to a file: lines with it shall fit a terminal of 80 columns. */
  Path link(String name, Path target) throws IOException {
    return Files.createSymbolicLink(folder.resolve(name), target);
  }

  /** After a failure the log is what a person needs next. */
  void keepLog() {
    keepsLog = true;
  }

  /** Applies the examples: the shop into its namespace, the others into the default one. */
  void applyExamples(TestCluster where) throws IOException, InterruptedException {
    for (List<String> example : examples()) {
      kubectl(where, "apply", example);
    }
  }

  /** Arguments of kubectl that name an example each. */
  private List<List<String>> examples() throws IOException {
    try (Stream<Path> files = Files.list(checkout.resolve("examples"))) {
      var single =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .sorted()
              .map(file -> List.of("-n", "default", "-f", file.toString()));
      var shop = List.of("-k", checkout.resolve("examples/shop").toString());
      return Stream.concat(Stream.of(shop), single).toList();
    }
  }

  /** A cluster of the user's own stays: what we put into it has to go. The CRDs stay with it. */
  private void removeExamples(TestCluster where) {
    try {
      for (List<String> example : examples()) {
        kubectl(
            where,
            "delete",
            Stream.concat(Stream.of("--ignore-not-found"), example.stream()).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isUsersOwn() {
    return !System.getenv().getOrDefault("MONOLIFT_TEST_CONTEXT", "").isEmpty();
  }

  private static void kubectl(TestCluster where, String verb, List<String> arguments)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(where.kubectl().toString(), verb);
    builder.command().addAll(arguments);
    builder.environment().put("KUBECONFIG", where.kubeconfig().toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", builder.command()) + " failed:\n" + output);
    }
  }

  @Override
  public void close() {
    if (cluster != null && isUsersOwn()) {
      removeExamples(cluster);
    }
    // The operator first: it gives its lease back, and says nothing about a cluster that is gone.
    if (operator != null) {
      operator.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    if (!keepsLog) {
      remove(folder);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be removed", e);
    }
  }
}
