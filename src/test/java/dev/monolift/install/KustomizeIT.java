package dev.monolift.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.cli.Version;
import dev.monolift.crd.Kubectl;
import dev.monolift.operator.OperatorIdentity;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kubectl apply -k operator/kustomize}, and overlays over it, against a real API server.
 * What runs then is tested on a real node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KustomizeIT {
  private static final Path BASE = Path.of("operator/kustomize");
  private static final String IMAGE = "monolift.dev/operator";

  private final TestCluster cluster = TestCluster.shared();
  private final Kubectl kubectl = new Kubectl(cluster, OperatorIdentity.NAMESPACE);

  private Path folder;

  @BeforeAll
  void theNamespaceIsThere(@TempDir Path temporary) throws IOException {
    folder = temporary;
    // a dry run creates none, and other tests of this cluster need their own operators' rights
    OperatorIdentity.kubeconfig(cluster, folder);
  }

  private List<HasMetadata> rendered(Path kustomization) {
    String yaml = kubectl.run("kustomize", kustomization.toString()).orFail();
    return cluster
        .client()
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items();
  }

  private Deployment deployment(Path kustomization) {
    return rendered(kustomization).stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** As a user writes one; kustomize takes relative paths only. */
  private Path overlay(String content) throws IOException {
    Path overlay = Files.createDirectory(folder.resolve("overlay"));
    Path base = overlay.toRealPath().relativize(BASE.toRealPath());
    Files.writeString(
        overlay.resolve("kustomization.yaml"), "resources: [%s]\n".formatted(base) + content);
    return overlay;
  }

  @Test
  void theApiServerTakesAllOfIt() {
    assertThat(kubectl.run("apply", "--dry-run=server", "-k", BASE.toString()).orFail().lines())
        .anyMatch(line -> line.startsWith("deployment.apps/monolift "))
        .anyMatch(line -> line.startsWith("poddisruptionbudget.policy/monolift "))
        .anyMatch(line -> line.startsWith("validatingadmissionpolicy"))
        .anyMatch(line -> line.startsWith("customresourcedefinition"))
        .anyMatch(line -> line.startsWith("clusterrole.rbac.authorization.k8s.io/monolift "));
  }

  @Test
  void itIsTheImageOfThisVersion() {
    assertThat(deployment(BASE).getSpec().getTemplate().getSpec().getContainers())
        .singleElement()
        .satisfies(
            operator -> assertThat(operator.getImage()).isEqualTo(IMAGE + ":" + Version.current()));
  }

  @Test
  void itsPodsMeetTheStrictestStandard() {
    var template = deployment(BASE).getSpec().getTemplate();
    // warnings would not fail; this namespace refuses
    String strict = cluster.newNamespace("restricted");
    cluster
        .client()
        .namespaces()
        .withName(strict)
        .edit(
            namespace ->
                new NamespaceBuilder(namespace)
                    .editMetadata()
                    .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                    .endMetadata()
                    .build());
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("operator")
            .withNamespace(strict)
            .endMetadata()
            .withSpec(template.getSpec())
            .editSpec()
            .withServiceAccountName("default")
            .endSpec()
            .build();
    assertThat(cluster.client().resource(pod).dryRun().create()).isNotNull();
  }

  @Test
  void anOverlayChangesImageAndNamespaceInOnePlace() throws IOException {
    String namespace = cluster.newNamespace("platform");
    Path overlay =
        overlay(
            """
            namespace: %s
            images: [{name: %s, newName: registry.example/monolift, newTag: "7"}]
            """
                .formatted(namespace, IMAGE));

    String yaml = kubectl.run("kustomize", overlay.toString()).orFail();
    assertThat(yaml)
        .contains("image: registry.example/monolift:7")
        .doesNotContain(IMAGE, OperatorIdentity.NAMESPACE);
    assertThat(rendered(overlay).stream().filter(o -> o.getMetadata().getNamespace() != null))
        .allMatch(object -> object.getMetadata().getNamespace().equals(namespace));
    new Kubectl(cluster, namespace)
        .run("apply", "--dry-run=server", "-k", overlay.toString())
        .orFail();
  }
}
