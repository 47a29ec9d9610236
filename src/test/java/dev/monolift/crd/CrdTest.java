package dev.monolift.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.GoldenFile;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code crds/} are what the API records say, documented, and small enough. */
final class CrdTest {
  static final String COMMAND = "mvn -q test -Dtest=CrdTest -Dgolden.update";

  /** Limit of all annotations of an object; `kubectl apply` writes the whole file into one. */
  private static final int ANNOTATIONS_LIMIT = 256 * 1024;

  static Stream<CrdFile> crds() {
    return CrdFile.all();
  }

  @ParameterizedTest
  @MethodSource("crds")
  void theCheckedInFileIsWhatTheRecordsGenerate(CrdFile crd) {
    GoldenFile.check(crd.path(), crd.yaml(), COMMAND);
  }

  @ParameterizedTest
  @MethodSource("crds")
  void theFileReadsBackAsItWasMeant(CrdFile crd) {
    assertThat(Serialization.unmarshal(crd.yaml(), CustomResourceDefinition.class))
        .isEqualTo(
            Serialization.unmarshal(
                Serialization.asJson(crd.definition()), CustomResourceDefinition.class));
  }

  @Test
  void thereIsNoOtherFile() throws IOException {
    Path kustomization = Path.of("crds/Kustomization");
    try (Stream<Path> files = Files.list(kustomization.getParent())) {
      assertThat(files.filter(file -> !file.equals(kustomization)))
          .containsExactlyInAnyOrderElementsOf(CrdFile.all().map(CrdFile::path).toList());
    }
    assertThat(Files.readAllLines(kustomization).stream().filter(line -> line.startsWith("  - ")))
        .containsExactlyInAnyOrderElementsOf(
            CrdFile.all().map(crd -> "  - " + crd.path().getFileName()).toList());
  }

  @ParameterizedTest
  @MethodSource("crds")
  void aClientSideApplyFits(CrdFile crd) {
    int annotation = Serialization.asJson(crd.definition()).getBytes(StandardCharsets.UTF_8).length;
    assertThat(annotation).as("bytes of last-applied-configuration").isLessThan(ANNOTATIONS_LIMIT);
  }

  @ParameterizedTest
  @MethodSource("crds")
  void everyFieldOfOursIsDescribed(CrdFile crd) {
    var undescribed = new ArrayList<String>();
    var root = crd.definition().getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    assertThat(root.getDescription()).isNotBlank();
    root.getProperties().forEach((name, schema) -> undescribed(schema, name, undescribed));
    assertThat(undescribed).as("fields without a description").isEmpty();
  }

  private static void undescribed(JSONSchemaProps schema, String path, List<String> found) {
    if (schema.getDescription() == null || schema.getDescription().isBlank()) {
      found.add(path);
    }
    // the descriptions of all of a pod's fields would not fit
    if (ReferencePage.FOREIGN.containsKey(path)) {
      return;
    }
    JSONSchemaProps fields = schema.getItems() == null ? schema : schema.getItems().getSchema();
    fields.getProperties().forEach((name, field) -> undescribed(field, path + "." + name, found));
  }
}
