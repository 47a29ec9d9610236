package dev.monolift.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.GoldenFile;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The template inside our resources merges as the template of a Deployment does. */
final class CoreSchemaIT {
  private static final String COMMAND =
      "mvn -q verify -Dit.test=CoreSchemaIT -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update";

  private static final Kubectl KUBECTL = new Kubectl(TestCluster.shared(), "default");

  @BeforeAll
  static void install() {
    KUBECTL.installCrds();
  }

  @Test
  void theCoreTypesAreThoseOfTheServer() {
    GoldenFile.check(CoreSchema.FILE, PublishedCore.of(published("apps/v1")), COMMAND);
  }

  /** Compares what the server itself says of both, so that nothing of our generator is trusted. */
  @Test
  void everyListOfTheTemplateMergesAsInADeployment() {
    Map<String, String> deployment = merges("apps/v1", "io.k8s.api.apps.v1.DeploymentSpec");
    Map<String, String> worker =
        merges("monolift.dev/v1alpha1", "dev.monolift.v1alpha1.MonolithWorker");
    assertThat(worker).hasSizeGreaterThan(100);
    assertThat(deployment).containsAllEntriesOf(worker);
  }

  private static String published(String groupVersion) {
    return KUBECTL.run("get", "--raw", "/openapi/v3/apis/" + groupVersion).orFail();
  }

  /** List type, list keys and map type by path, of everything below {@code template}. */
  private static Map<String, String> merges(String groupVersion, String type) {
    JsonNode types =
        Serialization.unmarshal(published(groupVersion), JsonNode.class).at("/components/schemas");
    JsonNode schema = types.required(type);
    JsonNode spec = schema.at("/properties/spec/properties");
    var found = new TreeMap<String, String>();
    collect(
        types,
        spec.isMissingNode() ? schema.at("/properties/template") : spec.get("template"),
        "template",
        found);
    return found;
  }

  private static void collect(
      JsonNode types, JsonNode schema, String path, Map<String, String> found) {
    String merge =
        schema.path("x-kubernetes-list-type").asText()
            + schema.path("x-kubernetes-list-map-keys")
            + schema.path("x-kubernetes-map-type").asText();
    if (schema.path("type").asText().equals("array") || !merge.isEmpty()) {
      found.put(path, found.getOrDefault(path, "") + merge);
    }
    if (schema.has("$ref")) {
      collect(
          types, types.required(schema.get("$ref").asText().replaceFirst(".*/", "")), path, found);
    }
    schema.path("allOf").forEach(part -> collect(types, part, path, found));
    schema
        .path("properties")
        .properties()
        .forEach(field -> collect(types, field.getValue(), path + "." + field.getKey(), found));
    if (schema.has("items")) {
      collect(types, schema.get("items"), path + "[]", found);
    }
  }
}
