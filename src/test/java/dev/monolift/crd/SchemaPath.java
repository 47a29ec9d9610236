package dev.monolift.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/** Finds a field's schema inside another schema. */
final class SchemaPath {
  private SchemaPath() {}

  /** The schema at a path of field names; {@code []} steps into the elements of a list. */
  static JSONSchemaProps at(JSONSchemaProps schema, String... path) {
    JSONSchemaProps found = schema;
    for (String step : path) {
      JSONSchemaProps next =
          step.equals("[]") ? found.getItems().getSchema() : found.getProperties().get(step);
      if (next == null) {
        throw new IllegalStateException(
            "no field "
                + step
                + " in "
                + String.join(".", path)
                + "; there are "
                + found.getProperties().keySet());
      }
      found = next;
    }
    return found;
  }
}
