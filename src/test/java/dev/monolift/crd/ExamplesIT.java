package dev.monolift.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every manifest in {@code examples/} is accepted by a real API server, as a user applies it. */
final class ExamplesIT {
  private static final Path EXAMPLES = Path.of("examples");

  @BeforeAll
  static void install() {
    new Kubectl(TestCluster.shared(), "default").installCrds();
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void anExampleIsAccepted(Path file) {
    var kubectl = new Kubectl(TestCluster.shared(), TestCluster.shared().newNamespace("examples"));
    kubectl.run("apply", "--dry-run=server", "-f", file.toString()).orFail();
  }

  /** Kustomize finds the images of a worker where it finds those of a Deployment. */
  @Test
  void theShopIsAppliedWithKustomize() {
    String namespace = TestCluster.shared().newNamespace("shop");
    var kubectl = new Kubectl(TestCluster.shared(), namespace);
    String shop = kubectl.run("kustomize", "examples/shop").orFail();
    // the cluster may be somebody's own, with a shop of theirs
    kubectl.apply(shop.replaceAll("(?m)(namespace|  name): shop$", "$1: " + namespace)).orFail();
    String images =
        kubectl
            .run("get", "mw", "-o", "jsonpath={.items[*].spec.template.spec.containers[0].image}")
            .orFail();
    assertThat(images.split(" ", -1)).hasSize(4).allMatch(image -> image.matches(".*:[0-9.]+"));
  }
}
