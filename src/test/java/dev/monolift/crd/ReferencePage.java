package dev.monolift.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page about every field of a kind, written from its definition. */
final class ReferencePage {
  /** Fields of a foreign type: named, but not walked. */
  static final Map<String, String> FOREIGN =
      Map.of(
          "spec.template", "core/v1 PodTemplateSpec",
          "spec.strategy", "apps/v1 DeploymentStrategy",
          "spec.restart.pod.resources", "core/v1 ResourceRequirements",
          "spec.restart.pod.imagePullSecrets", "core/v1 LocalObjectReference",
          "spec.restart.pod.tolerations", "core/v1 Toleration");

  private final StringBuilder page = new StringBuilder();
  private final List<String> rules = new ArrayList<>();

  private ReferencePage() {}

  /** The section about one kind, in Markdown. */
  static String of(CustomResourceDefinition definition) {
    var reference = new ReferencePage();
    CustomResourceDefinitionSpec spec = definition.getSpec();
    CustomResourceDefinitionVersion version = spec.getVersions().getFirst();
    JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
    reference.head(spec, version, schema);
    reference.fields("spec", schema);
    reference.rules(schema);
    reference.fields("status", schema);
    reference.columns(version.getAdditionalPrinterColumns());
    return reference.page.toString();
  }

  private void head(
      CustomResourceDefinitionSpec spec,
      CustomResourceDefinitionVersion version,
      JSONSchemaProps schema) {
    line("## " + spec.getNames().getKind());
    line("");
    line(schema.getDescription());
    line("");
    line(
        "`apiVersion: %s/%s`, %s, short name `%s`, also in `kubectl get %s`."
            .formatted(
                spec.getGroup(),
                version.getName(),
                spec.getScope().toLowerCase(Locale.ROOT),
                String.join("`, `", spec.getNames().getShortNames()),
                String.join("`, `", spec.getNames().getCategories())));
    line("");
  }

  private void fields(String part, JSONSchemaProps schema) {
    line("### " + part);
    line("");
    line(SchemaPath.at(schema, part).getDescription());
    line("");
    line("| Field | Type | Limits | What it is |");
    line("|---|---|---|---|");
    rows(part, SchemaPath.at(schema, part));
    line("");
  }

  private void rows(String path, JSONSchemaProps object) {
    object
        .getProperties()
        .forEach(
            (name, field) -> {
              String here = path + "." + name;
              boolean required = object.getRequired().contains(name);
              row(
                  "`" + here + "`",
                  type(here, field),
                  limits(field, required),
                  field.getDescription());
              if (!FOREIGN.containsKey(here)) {
                rows(field.getItems() == null ? here : here + "[]", elements(field));
              }
            });
  }

  private static JSONSchemaProps elements(JSONSchemaProps field) {
    return field.getItems() == null ? field : field.getItems().getSchema();
  }

  private static String type(String path, JSONSchemaProps field) {
    if (FOREIGN.containsKey(path)) {
      return FOREIGN.get(path);
    }
    if (field.getItems() != null) {
      List<String> keys = field.getXKubernetesListMapKeys();
      return "list of "
          + type(path, elements(field))
          + "s"
          + (keys.isEmpty() ? "" : ", by " + String.join(", ", keys));
    }
    return field.getType();
  }

  private static String limits(JSONSchemaProps field, boolean required) {
    return Stream.of(
            required ? "required" : "",
            field.getEnum().stream()
                .map(JsonNode::asText)
                .map("`%s`"::formatted)
                .collect(Collectors.joining(" ")),
            range(field.getMinimum(), field.getMaximum(), ""),
            range(field.getMinLength(), field.getMaxLength(), " characters"),
            range(field.getMinItems(), field.getMaxItems(), " elements"),
            field.getDefault() == null ? "" : "default `" + field.getDefault() + "`")
        .filter(limit -> !limit.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String range(@Nullable Number least, @Nullable Number most, String unit) {
    if (most == null) {
      return least == null ? "" : "at least " + plain(least) + unit;
    }
    return (least == null ? "at most " : plain(least) + " to ") + plain(most) + unit;
  }

  private static String plain(Number limit) {
    return new BigDecimal(limit.toString()).stripTrailingZeros().toPlainString();
  }

  /** What the API server refuses beyond types and limits, in the words that the user is told. */
  private void rules(JSONSchemaProps schema) {
    line("The API server also refuses, with these words:");
    line("");
    collect("", schema);
    rules.forEach(this::line);
    line("");
  }

  private void collect(String path, JSONSchemaProps schema) {
    for (ValidationRule rule : schema.getXKubernetesValidations()) {
      String where = path.isEmpty() ? "metadata" : path;
      rules.add("- `" + where + "`: " + words(rule));
    }
    schema
        .getProperties()
        .forEach((name, field) -> collect(path.isEmpty() ? name : path + "." + name, field));
    if (schema.getItems() != null) {
      collect(path + "[]", schema.getItems().getSchema());
    }
  }

  /** The message; of one that is put together, {@code 'a ' + self.b + ' c'} as a <b> c. */
  private static String words(ValidationRule rule) {
    return rule.getMessage() != null
        ? rule.getMessage()
        : rule.getMessageExpression()
            .replaceAll("' [+] self[.](\\w+) [+] '", "`$1`")
            .replaceAll("^'|'$", "");
  }

  private void columns(List<CustomResourceColumnDefinition> columns) {
    line("### Columns of `kubectl get`");
    line("");
    line("| Column | From | What it is |");
    line("|---|---|---|");
    columns.forEach(
        column ->
            row(
                column.getName().toUpperCase(Locale.ROOT),
                "`" + column.getJsonPath() + "`",
                column.getDescription()));
  }

  private void row(String... cells) {
    line(
        Stream.of(cells)
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
