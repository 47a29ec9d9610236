package dev.monolift.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * Completes the generated schema of an API record with what the generator does not take from Java:
 * formats of numbers, list types, descriptions of types, and the schemas of foreign types.
 */
final class RecordSchema {
  private static final Set<Class<?>> FOREIGN =
      Set.of(
          DeploymentStrategy.class,
          LocalObjectReference.class,
          ResourceRequirements.class,
          Toleration.class);

  private final CoreSchema core = CoreSchema.load();

  void complete(JSONSchemaProps schema, Class<?> type) {
    var description = type.getAnnotation(JsonClassDescription.class);
    if (description != null) {
      schema.setDescription(description.value());
    }
    for (RecordComponent component : type.getRecordComponents()) {
      JSONSchemaProps property = SchemaPath.at(schema, component.getName());
      // found twice by the generator: on the field and on the accessor
      property.setXKubernetesValidations(
          property.getXKubernetesValidations().stream().distinct().toList());
      component(property, component.getGenericType());
    }
  }

  private void component(JSONSchemaProps schema, Type type) {
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      return;
    }
    if (type instanceof ParameterizedType list) {
      list(schema, (Class<?>) list.getActualTypeArguments()[0]);
    } else if (type == Integer.class || type == int.class) {
      schema.setFormat("int32");
    } else if (type == Long.class || type == long.class) {
      schema.setFormat("int64");
    } else if (type == PodTemplateSpec.class) {
      TemplateSchema.complete(schema, core);
    } else if (type instanceof Class<?> foreign && FOREIGN.contains(foreign)) {
      core.complete(schema, foreign.getSimpleName());
    } else if (type instanceof Class<?> record && record.isRecord()) {
      complete(schema, record);
    }
  }

  private void list(JSONSchemaProps schema, Class<?> element) {
    if (element == Condition.class) {
      ConditionSchema.complete(schema);
      return;
    }
    schema.setXKubernetesListType("atomic");
    component(schema.getItems().getSchema(), element);
  }
}
