package dev.monolift.cli;

import dev.monolift.api.v1alpha1.DrainSpec;
import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.drain.EntrypointLint;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The containers that {@code monolift lint} looks at, in the order of the files. */
final class LintSubjects {
  static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1 ConfigMap", ConfigMap.class,
          "v1 Pod", Pod.class,
          "apps/v1 Deployment", Deployment.class,
          "apps/v1 StatefulSet", StatefulSet.class,
          "apps/v1 DaemonSet", DaemonSet.class,
          "batch/v1 Job", Job.class,
          "batch/v1 CronJob", CronJob.class);

  /** Nothing of ours is in the pods of other kinds. */
  private static final DrainSpec WITHOUT_MONOLIFT =
      new DrainSpec(Program.None, null, null, null, null, null);

  private final List<ConfigMap> configMaps;
  private final List<LintedContainer> containers = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  LintSubjects(RenderInput input) {
    this.configMaps =
        input.observed().stream()
            .filter(ConfigMap.class::isInstance)
            .map(ConfigMap.class::cast)
            .toList();
    input.workers().forEach(this::addWorker);
    input.observed().stream()
        .filter(object -> !(object instanceof ConfigMap))
        .forEach(this::addOther);
  }

  List<LintedContainer> containers() {
    return List.copyOf(containers);
  }

  /** What is wrong with objects that can be read, one sentence each. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private void addWorker(MonolithWorker worker) {
    List<Container> all = containers(worker, worker.getSpec().template());
    String wanted = worker.getSpec().container();
    Optional<Container> program =
        all.stream().filter(it -> wanted == null || wanted.equals(it.getName())).findFirst();
    if (program.isPresent()) {
      add(worker, worker.getSpec().template(), program.get(), worker.getSpec().drain());
    } else if (!all.isEmpty()) {
      problems.add(title(worker) + ": spec.container names " + wanted + ", which is not there");
    }
  }

  private void addOther(HasMetadata object) {
    PodTemplateSpec template = template(object);
    for (Container container : containers(object, template)) {
      add(object, template, container, WITHOUT_MONOLIFT);
    }
  }

  private List<Container> containers(HasMetadata object, @Nullable PodTemplateSpec template) {
    List<Container> all =
        template == null || template.getSpec() == null
            ? List.of()
            : template.getSpec().getContainers();
    if (all == null || all.isEmpty()) {
      problems.add(title(object) + ": it has no containers");
      return List.of();
    }
    return all;
  }

  private void add(
      HasMetadata object,
      @Nullable PodTemplateSpec template,
      Container container,
      @Nullable DrainSpec drain) {
    if (template == null) {
      return;
    }
    String namespace = object.getMetadata().getNamespace();
    List<ConfigMap> visible =
        configMaps.stream()
            .filter(it -> namespace.equals(it.getMetadata().getNamespace()))
            .toList();
    containers.add(
        new LintedContainer(
            object.getKind(),
            namespace,
            object.getMetadata().getName(),
            container.getName(),
            EntrypointLint.of(template, container.getName(), drain, visible)));
  }

  private static String title(HasMetadata object) {
    var metadata = object.getMetadata();
    return object.getKind() + " " + metadata.getNamespace() + "/" + metadata.getName();
  }

  private static @Nullable PodTemplateSpec template(HasMetadata object) {
    return switch (object) {
      case Pod pod -> new PodTemplateSpec(pod.getMetadata(), pod.getSpec());
      case Deployment it -> it.getSpec() == null ? null : it.getSpec().getTemplate();
      case StatefulSet it -> it.getSpec() == null ? null : it.getSpec().getTemplate();
      case DaemonSet it -> it.getSpec() == null ? null : it.getSpec().getTemplate();
      case Job it -> it.getSpec() == null ? null : it.getSpec().getTemplate();
      case CronJob it ->
          it.getSpec() == null
                  || it.getSpec().getJobTemplate() == null
                  || it.getSpec().getJobTemplate().getSpec() == null
              ? null
              : it.getSpec().getJobTemplate().getSpec().getTemplate();
      default -> null;
    };
  }
}
