package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainProgramStatus;
import dev.monolift.api.v1alpha1.DrainSpec;
import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.drain.DrainResult.Finding;
import dev.monolift.fields.Digest;
import dev.monolift.fields.Json;
import dev.monolift.plan.ChildNames;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the drain program into the pods of a resource. Pure: equal requests give equal results, and
 * nothing in a request is changed.
 */
public final class DrainEngine {
  private static final int NAME_LIMIT = 253;
  private static final int BYTES = 8;

  private final DrainProgram program;
  private final String newest;

  /**
   * An engine.
   *
   * @param program the program that new pods get
   */
  public DrainEngine(DrainProgram program) {
    this.program = program;
    this.newest = program.revision();
  }

  /**
   * Plans the drain of one resource.
   *
   * @param request what is known of the resource
   * @return the template to use, its ConfigMap, and what a person should know
   */
  public DrainResult plan(DrainRequest request) {
    var template = new PodTemplateSpecBuilder(request.template()).build();
    Container container = container(template, request.container());
    var role = DrainRole.of(request.settings().drain(), container);
    var budget = DrainBudget.of(request.settings().drain(), template.getSpec(), container);
    var problem = problem(request, container, role, budget);
    if (problem.isPresent()) {
      return new DrainResult(template, null, null, null, problem.get(), List.of());
    }
    writeBudget(template, budget);
    writeHold(template, request.settings().drain());
    if (role == Program.None) {
      return new DrainResult(template, null, null, null, null, budget.warnings());
    }
    String digest = digest(request);
    String revision = revision(request, digest);
    String configMap = configMapName(request.owner(), revision);
    new DrainInjection(request.settings(), budget, template.getSpec(), container)
        .add(role, configMap);
    boolean isNewest = revision.equals(newest);
    return new DrainResult(
        template,
        isNewest ? configMap(configMap) : null,
        new DrainProgramStatus(role, revision, digest),
        isNewest ? null : newest,
        null,
        budget.warnings());
  }

  private static Container container(PodTemplateSpec template, String name) {
    return template.getSpec().getContainers().stream()
        .filter(container -> container.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the template has no container " + name));
  }

  private static Optional<Finding> problem(
      DrainRequest request, Container container, Program role, DrainBudget budget) {
    String name = request.container();
    return Stream.of(
            finding(
                role == Program.Wrap && !DrainRole.hasCommand(container),
                "WrapNeedsCommand",
                "spec.drain.program is Wrap, but container "
                    + name
                    + " has no command that could be wrapped: its image's entrypoint is not known"
                    + " here. Write the entrypoint into its command, or set Auto or Hook."),
            finding(
                role == Program.Hook
                    && !DrainRole.canFollow(DrainRole.preStop(container).orElse(null)),
                "PreStopTaken",
                "spec.drain.program is Hook, but the preStop of container "
                    + name
                    + " is a request over the network, beside which no other can run. Make it an exec"
                    + " or a sleep, or write the entrypoint into the container's command and set"
                    + " Wrap."),
            needsWrap(request.settings().restart() != null, "spec.onExit RestartInPlace", role),
            needsWrap(!request.settings().files().isEmpty(), "spec.logs.files", role),
            budget.problem())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Finding> needsWrap(boolean isAsked, String what, Program role) {
    return finding(
        isAsked && role != Program.Wrap,
        "NeedsWrap",
        what
            + " works only where the drain program starts the program, but its role here is "
            + role
            + ". Write the entrypoint into the container's command and leave spec.drain.program at"
            + " Auto, or remove the setting.");
  }

  private static Optional<Finding> finding(boolean holds, String reason, String message) {
    return holds ? Optional.of(new Finding(reason, message)) : Optional.empty();
  }

  private static void writeBudget(PodTemplateSpec template, DrainBudget budget) {
    budget.grace().ifPresent(template.getSpec()::setTerminationGracePeriodSeconds);
    if (budget.effective() > DrainBudget.LONGEST_UNDISTURBED) {
      var metadata = new PodTemplateSpecBuilder(template).editOrNewMetadata();
      if (metadata.getAnnotations() == null
          || !metadata.getAnnotations().containsKey(DrainBudget.SAFE_TO_EVICT)) {
        metadata.addToAnnotations(DrainBudget.SAFE_TO_EVICT, "false");
      }
      template.setMetadata(metadata.endMetadata().build().getMetadata());
    }
  }

  /** Pods get their finalizers from the template. */
  private static void writeHold(PodTemplateSpec template, @Nullable DrainSpec drain) {
    if (drain != null && Boolean.TRUE.equals(drain.holdPods())) {
      template.setMetadata(
          new PodTemplateSpecBuilder(template)
              .editOrNewMetadata()
              .addToFinalizers(Labels.DRAIN_VERDICT)
              .endMetadata()
              .build()
              .getMetadata());
    }
  }

  /** Everything in the pods that does not come from the drain program itself. */
  private static String digest(DrainRequest request) {
    var parts =
        new HashMap<String, Object>(
            Map.of(
                "container", request.container(),
                "template", request.template(),
                "settings", request.settings()));
    if (request.restartedAt() != null) {
      parts.put("restartedAt", request.restartedAt());
    }
    return Digest.of(Json.tree(parts), BYTES);
  }

  /**
   * Pods keep their revision until something else in them changes: a new version of the operator
   * must not restart them. That needs the ConfigMap of the earlier revision, whose text only it
   * has.
   */
  private String revision(DrainRequest request, String digest) {
    var before = request.before();
    if (before != null
        && before.template().equals(digest)
        && request.configMaps().contains(configMapName(request.owner(), before.revision()))) {
      return before.revision();
    }
    return newest;
  }

  private static String configMapName(String owner, String revision) {
    return ChildNames.child(owner, "drain-" + revision, NAME_LIMIT);
  }

  /** Immutable: kubelet need not watch it, and nobody can change a program that runs. */
  private ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withImmutable(true)
        .withData(Map.of(DrainProgram.FILE, program.text()))
        .build();
  }
}
