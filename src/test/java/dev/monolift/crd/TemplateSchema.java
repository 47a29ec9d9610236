package dev.monolift.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Set;

/** The schema of a PodTemplateSpec inside a resource of ours. */
final class TemplateSchema {
  /**
   * What a Deployment keeps of its template's metadata and a person may write. Typed, because a
   * metadata without properties is pruned to nothing. The last two mean nothing, but stand in the
   * output of {@code kubectl create deployment --dry-run -o yaml} and of older charts.
   */
  private static final Set<String> METADATA =
      Set.of("labels", "annotations", "name", "creationTimestamp");

  /** Far above what a pod has; without a bound the API server refuses rules over containers. */
  private static final long MAX_CONTAINERS = 64;

  private TemplateSchema() {}

  static void complete(JSONSchemaProps template, CoreSchema core) {
    JSONSchemaProps metadata = SchemaPath.at(template, "metadata");
    metadata.getProperties().keySet().retainAll(METADATA);
    JSONSchemaProps spec = SchemaPath.at(template, "spec");
    JSONSchemaProps claim =
        SchemaPath.at(spec, "volumes", "[]", "ephemeral", "volumeClaimTemplate", "metadata");
    claim.getProperties().keySet().retainAll(METADATA);
    // no pod template may have them
    spec.getProperties().remove("ephemeralContainers");
    core.complete(template, "PodTemplateSpec");
    SchemaPath.at(metadata, "creationTimestamp").setNullable(true);
    template.setRequired(List.of("spec"));
    JSONSchemaProps containers = SchemaPath.at(spec, "containers");
    containers.setMinItems(1L);
    containers.setMaxItems(MAX_CONTAINERS);
    // a container's name is a DNS label anyway
    SchemaPath.at(containers, "[]", "name").setMaxLength(63L);
  }
}
