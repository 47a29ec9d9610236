package dev.monolift.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerSpec;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CustomResourceInfo;
import io.fabric8.crdv2.generator.ResolvingContext;
import io.fabric8.crdv2.generator.v1.CustomResourceHandler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One CustomResourceDefinition as a file in {@code crds/}, generated from the records of the API.
 *
 * @param kind the resource
 * @param spec its spec
 * @param status its status
 */
record CrdFile(Class<? extends HasMetadata> kind, Class<?> spec, Class<?> status) {

  /** Jackson's own: the client's minimal quotes leave the strings True and False bare. */
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(Feature.MINIMIZE_QUOTES)
          .disable(Feature.SPLIT_LINES)
          .disable(Feature.WRITE_DOC_START_MARKER)
          .build();

  /** Every kind of the project. */
  static Stream<CrdFile> all() {
    return Stream.of(
        new CrdFile(MonolithWorker.class, MonolithWorkerSpec.class, MonolithWorkerStatus.class));
  }

  /** The checked-in file, relative to the project's folder. */
  Path path() {
    return Path.of("crds", name() + ".yaml");
  }

  /** Plural and group. */
  String name() {
    return HasMetadata.getFullResourceName(kind);
  }

  /** What the file should hold. */
  String yaml() {
    try {
      return "# Generated from src/main/java/dev/monolift/api. Do not edit; run: "
          + CrdTest.COMMAND
          + "\n"
          + YAML.writeValueAsString(definition());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The definition as the API server gets it. */
  CustomResourceDefinition definition() {
    CustomResourceDefinition definition = generate();
    CustomResourceDefinitionVersion version = definition.getSpec().getVersions().getFirst();
    version.getAdditionalPrinterColumns().sort(Comparator.comparingInt(this::columnIndex));
    JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
    schema.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
    schema.setRequired(List.of("spec"));
    var records = new RecordSchema();
    records.complete(SchemaPath.at(schema, "spec"), spec);
    records.complete(SchemaPath.at(schema, "status"), status);
    return definition;
  }

  /** The generator sorts columns by path; people read them in the order of the annotations. */
  private int columnIndex(CustomResourceColumnDefinition column) {
    List<String> names =
        Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    return names.indexOf(column.getName());
  }

  private CustomResourceDefinition generate() {
    var handler = new CustomResourceHandler();
    handler.handle(
        CustomResourceInfo.fromClass(kind), ResolvingContext.defaultResolvingContext(false));
    return (CustomResourceDefinition) handler.finish().findFirst().orElseThrow().getKey();
  }
}
