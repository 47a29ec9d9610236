package dev.monolift.testcluster;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Our custom resource definitions, as they are checked in. */
final class CustomResources {
  private CustomResources() {}

  /** Applies every definition and waits until it is established. */
  static void install(KubernetesClient client) {
    List<CustomResourceDefinition> definitions =
        files().stream()
            .map(
                file -> client.apiextensions().v1().customResourceDefinitions().load(file.toFile()))
            .map(
                resource ->
                    resource.fieldManager("monolift-test").forceConflicts().serverSideApply())
            .toList();
    for (CustomResourceDefinition definition : definitions) {
      client
          .resource(definition)
          .waitUntilCondition(CustomResources::isEstablished, 60, TimeUnit.SECONDS);
    }
  }

  private static List<Path> files() {
    Path folder = Command.inRepository("crds");
    try (var paths = Files.list(folder)) {
      List<Path> files = paths.filter(path -> path.toString().endsWith(".yaml")).sorted().toList();
      if (files.isEmpty()) {
        throw new IllegalStateException(folder + " holds no definition: generate them first");
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("the definitions cannot be read", e);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }
}
