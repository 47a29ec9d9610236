package dev.monolift.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The schemas of our own kinds, as {@code crds/} has them. */
public final class CrdSchemas {
  private static final ObjectMapper YAML = new YAMLMapper();

  private CrdSchemas() {}

  /**
   * Checks a document against its schema and sets the schema's defaults in it. Rules that need the
   * API server (CEL) are not checked.
   *
   * @param document a document of this kind and version
   * @param kind the kind
   * @return what is wrong, in the order of the fields; empty when nothing is
   */
  public static List<Problem> check(Document document, Class<? extends HasMetadata> kind) {
    return SchemaCheck.check(document, schema(kind));
  }

  private static JsonNode schema(Class<? extends HasMetadata> kind) {
    String file = "/dev/monolift/crds/" + HasMetadata.getFullResourceName(kind) + ".yaml";
    try (InputStream resource = CrdSchemas.class.getResourceAsStream(file)) {
      if (resource == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      for (JsonNode version : YAML.readTree(resource).path("spec").path("versions")) {
        if (version.path("name").asText().equals(HasMetadata.getVersion(kind))) {
          return version.path("schema").path("openAPIV3Schema");
        }
      }
      throw new IllegalStateException(file + " has no version " + HasMetadata.getVersion(kind));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
