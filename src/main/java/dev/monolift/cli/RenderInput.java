package dev.monolift.cli;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.cli.manifest.CrdSchemas;
import dev.monolift.cli.manifest.Document;
import dev.monolift.cli.manifest.Manifests;
import dev.monolift.cli.manifest.Problem;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What commands on files work on: the typed objects of the files. */
final class RenderInput {
  /** What stands for the cluster when workers are rendered. */
  static final Map<String, Class<? extends HasMetadata>> CLUSTER =
      Map.of("v1 ConfigMap", ConfigMap.class, "apps/v1 Deployment", Deployment.class);

  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final String namespace;
  private final Map<String, Class<? extends HasMetadata>> known;
  private final List<MonolithWorker> workers = new ArrayList<>();
  private final List<HasMetadata> observed = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> ignored = new TreeSet<>();

  /**
   * Makes objects of documents.
   *
   * @param manifests the documents; they get the schema's defaults
   * @param namespace the namespace of objects that name none
   * @param known kinds that are read beside ours, by apiVersion and kind
   */
  RenderInput(
      Manifests manifests, String namespace, Map<String, Class<? extends HasMetadata>> known) {
    this.namespace = namespace;
    this.known = known;
    problems.addAll(manifests.problems());
    manifests.documents().forEach(this::add);
  }

  List<MonolithWorker> workers() {
    return List.copyOf(workers);
  }

  /** Objects of the known kinds, in the order of the files. */
  List<HasMetadata> observed() {
    return List.copyOf(observed);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Kinds of objects that stay out of it. */
  Set<String> ignored() {
    return Set.copyOf(ignored);
  }

  private void add(Document document) {
    if (document.kind().isEmpty() || document.apiVersion().isEmpty()) {
      problems.add(document.problem("", "apiVersion and kind must be set"));
      return;
    }
    String type = document.apiVersion() + " " + document.kind();
    Class<? extends HasMetadata> foreign = known.get(type);
    if (foreign != null) {
      typed(document, foreign, observed);
    } else if (document.apiVersion().startsWith(HasMetadata.getGroup(MonolithWorker.class) + "/")) {
      addOurs(document);
    } else {
      ignored.add(type);
    }
  }

  private void addOurs(Document document) {
    String version = HasMetadata.getApiVersion(MonolithWorker.class);
    String kind = HasMetadata.getKind(MonolithWorker.class);
    if (!document.kind().equals(kind)) {
      problems.add(document.problem("kind", "there is no such kind; there is " + kind));
    } else if (!document.apiVersion().equals(version)) {
      problems.add(document.problem("apiVersion", "must be " + version));
    } else {
      List<Problem> found = CrdSchemas.check(document, MonolithWorker.class);
      problems.addAll(found);
      if (found.isEmpty()) {
        typed(document, MonolithWorker.class, workers);
      }
    }
  }

  private <T extends HasMetadata> void typed(
      Document document, Class<? extends T> type, List<T> objects) {
    try {
      T object = serialization.convertValue(document.content(), type);
      ObjectMeta metadata = object.getMetadata();
      if (metadata == null || metadata.getName() == null || metadata.getName().isEmpty()) {
        problems.add(document.problem("metadata.name", "must be set"));
        return;
      }
      for (String unknown : metadata.getAdditionalProperties().keySet()) {
        problems.add(document.problem("metadata." + unknown, "there is no such field"));
      }
      if (metadata.getNamespace() == null) {
        metadata.setNamespace(namespace);
      }
      objects.add(object);
    } catch (IllegalArgumentException e) {
      problems.add(Unreadable.problem(document, e));
    }
  }
}
