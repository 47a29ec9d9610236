package dev.monolift.monolithworker;

import dev.monolift.GoldenFile;
import dev.monolift.api.v1alpha1.MonolithWorker;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One folder: what is there ({@code in-*.yaml}) and what is planned ({@code out-*.yaml}).
 *
 * @param folder the folder; its name is the sentence that it proves
 */
record GoldenCase(Path folder) {
  static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Path ROOT = Path.of("src/test/resources/MonolithWorkerPlannerTest");
  private static final Set<String> FILES =
      Set.of(
          "in-worker.yaml",
          "in-deployment.yaml",
          "in-living-owner.yaml",
          "in-own-configmaps.yaml",
          "in-user-configmaps.yaml",
          "in-pods.yaml",
          "in-restart.yaml",
          "out-plan.yaml");

  static List<GoldenCase> all() {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.sorted().map(GoldenCase::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MonolithWorker worker() {
    return YAML.unmarshal(read("in-worker.yaml"), MonolithWorker.class);
  }

  MonolithWorkerObservation observation() {
    return new MonolithWorkerObservation(
        has("in-deployment.yaml")
            ? YAML.unmarshal(read("in-deployment.yaml"), Deployment.class)
            : null,
        livingOwner(),
        objects("in-own-configmaps.yaml", ConfigMap.class),
        objects("in-user-configmaps.yaml", ConfigMap.class),
        objects("in-pods.yaml", Pod.class),
        List.of(),
        List.of(),
        restart());
  }

  private List<HasMetadata> restart() {
    return has("in-restart.yaml")
        ? Stream.of(read("in-restart.yaml").split("(?m)^---\n"))
            .filter(text -> !text.isBlank())
            .map(text -> (HasMetadata) YAML.unmarshal(text))
            .toList()
        : List.of();
  }

  private @Nullable String livingOwner() {
    return has("in-living-owner.yaml")
        ? YAML.unmarshal(read("in-living-owner.yaml"), MonolithWorker.class).getMetadata().getName()
        : null;
  }

  private <T> List<T> objects(String file, Class<T> type) {
    return has(file)
        ? Stream.of(read(file).split("(?m)^---\n"))
            .filter(text -> !text.isBlank())
            .map(text -> YAML.unmarshal(text, type))
            .toList()
        : List.of();
  }

  void checkPlan(String plan) {
    GoldenFile.check(
        folder.resolve("out-plan.yaml"),
        plan,
        "mvn test -Dtest=MonolithWorkerPlannerTest -Dgolden.update");
  }

  /** Files that no test reads. */
  Set<String> unused() {
    try (Stream<Path> files = Files.list(folder)) {
      var names = new HashSet<String>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      names.removeAll(FILES);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String file) {
    return Files.exists(folder.resolve(file));
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString().replace('-', ' ');
  }
}
