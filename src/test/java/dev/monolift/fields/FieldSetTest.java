package dev.monolift.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class FieldSetTest {
  private static final String FIELDS =
      """
      f:metadata:
        f:labels:
          ".": {}
          f:app.kubernetes.io/name: {}
      f:spec:
        f:replicas: {}
        f:template:
          f:spec:
            f:containers:
              k:{"name":"php"}:
                ".": {}
                f:env:
                  k:{"name":"A"}: {}
                f:ports:
                  k:{"containerPort":80,"protocol":"TCP"}:
                    ".": {}
                    f:containerPort: {}
            f:finalizers:
              v:"a": {}
      """;
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  @Test
  void isReadAndWrittenWithoutLoss() {
    var read = FieldSet.of(YAML.unmarshal(FIELDS, FieldsV1.class));

    assertThat(YAML.asYaml(read.toFieldsV1()))
        .isEqualTo(YAML.asYaml(YAML.unmarshal(FIELDS, FieldsV1.class)));
    assertThat(FieldSet.of(read.toFieldsV1())).isEqualTo(read);
  }

  @Test
  void pathsAreReadable() {
    var paths =
        FieldSet.of(YAML.unmarshal(FIELDS, FieldsV1.class)).paths().stream()
            .map(FieldPath::toString)
            .toList();

    assertThat(paths)
        .contains(
            "metadata.labels",
            "metadata.labels[app.kubernetes.io/name]",
            "spec.replicas",
            "spec.template.spec.containers[php]",
            "spec.template.spec.containers[php].env[A]",
            "spec.template.spec.containers[php].ports[80,TCP].containerPort",
            "spec.template.spec.finalizers[\"a\"]");
  }

  @Test
  void aMissingProtocolIsTcp() {
    var tree = Json.parse("{\"ports\":[{\"containerPort\":80}]}");
    var path = FieldPath.of("ports").then("k:{\"containerPort\":80,\"protocol\":\"TCP\"}");

    assertThat(path.in(tree)).isPresent();
    assertThat(path.then("f:containerPort").in(tree)).isPresent();
  }
}
