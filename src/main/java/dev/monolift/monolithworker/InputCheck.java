package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.RestartSpec;
import dev.monolift.dns.DnsResult;
import dev.monolift.dns.DnsResult.Severity;
import dev.monolift.drain.DrainResult;
import dev.monolift.plan.Labels;
import dev.monolift.restart.RestartCheck;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Input that the schema cannot reject: the first thing that is wrong with it. */
final class InputCheck {
  private static final int LONGEST_LABEL_VALUE = 63;
  private static final String OUR_PREFIX = "monolift.dev/";

  private InputCheck() {}

  /**
   * Checks the resource.
   *
   * @param worker the worker
   * @param target the Deployment whose selector binds it; null when there is none
   * @return what is wrong; empty when nothing is
   */
  static Optional<Problem> of(MonolithWorker worker, @Nullable Deployment target) {
    PodTemplateSpec template = worker.getSpec().template();
    return Stream.of(
            name(worker.getMetadata().getName()),
            containers(template, worker.getSpec().container()),
            restartPolicy(template),
            reservedPrefix(template),
            ConsumersCheck.of(worker),
            selector(worker, target),
            restart(worker.getSpec().restart()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** What the DNS engine could not carry out. */
  static Optional<Problem> of(DnsResult dns) {
    return dns.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .findFirst()
        .map(finding -> new Problem(finding.reason(), finding.message()));
  }

  /** What the drain engine could not carry out. */
  static Optional<Problem> of(DrainResult drain) {
    return Optional.ofNullable(drain.problem())
        .map(finding -> new Problem(finding.reason(), finding.message()));
  }

  private static Optional<Problem> name(String name) {
    return name.length() <= LONGEST_LABEL_VALUE
        ? Optional.empty()
        : problem(
            "NameTooLong",
            "The name of this MonolithWorker has "
                + name.length()
                + " characters. It becomes the value of a label, which may have 63: create it under"
                + " a shorter name.");
  }

  private static Optional<Problem> containers(
      @Nullable PodTemplateSpec template, @Nullable String wanted) {
    List<Container> containers =
        template == null || template.getSpec() == null
            ? List.of()
            : template.getSpec().getContainers();
    if (containers.isEmpty()) {
      return problem(
          "NoContainers",
          "spec.template.spec.containers is empty. Add the container that runs the program.");
    }
    List<String> names = containers.stream().map(Container::getName).toList();
    return wanted == null || names.contains(wanted)
        ? Optional.empty()
        : problem(
            "UnknownContainer",
            "spec.container names "
                + wanted
                + ", but spec.template.spec.containers has "
                + String.join(", ", names)
                + ". Name one of these, or leave it out for the first one.");
  }

  private static Optional<Problem> restartPolicy(@Nullable PodTemplateSpec template) {
    String policy =
        template == null || template.getSpec() == null
            ? null
            : template.getSpec().getRestartPolicy();
    return policy == null || policy.isEmpty() || policy.equals("Always")
        ? Optional.empty()
        : problem(
            "RestartPolicyNotAlways",
            "spec.template.spec.restartPolicy is "
                + policy
                + ". A Deployment restarts its pods: set Always, or leave it out.");
  }

  private static Optional<Problem> reservedPrefix(@Nullable PodTemplateSpec template) {
    ObjectMeta metadata = template == null ? null : template.getMetadata();
    if (metadata == null) {
      return Optional.empty();
    }
    return Stream.of(
            Map.entry("labels", Ownership.values(metadata.getLabels())),
            Map.entry("annotations", Ownership.values(metadata.getAnnotations())))
        .flatMap(
            where ->
                where.getValue().keySet().stream()
                    .filter(key -> key.startsWith(OUR_PREFIX))
                    .sorted()
                    .map(key -> "spec.template.metadata." + where.getKey() + " sets " + key))
        .findFirst()
        .flatMap(
            what ->
                problem(
                    "ReservedPrefix",
                    what + ". The prefix " + OUR_PREFIX + " is Monolift's own: remove it."));
  }

  private static Optional<Problem> restart(@Nullable RestartSpec restart) {
    return Optional.ofNullable(restart)
        .flatMap(RestartCheck::of)
        .map(problem -> new Problem(problem.reason(), problem.message()));
  }

  private static Optional<Problem> selector(MonolithWorker worker, @Nullable Deployment target) {
    if (target == null) {
      return Optional.empty();
    }
    var selector = target.getSpec().getSelector();
    PodTemplateSpec template = worker.getSpec().template();
    ObjectMeta metadata = template == null ? null : template.getMetadata();
    Map<String, String> users =
        metadata == null ? Map.of() : Ownership.values(metadata.getLabels());
    return Selectors.unmet(
            selector, MonolithWorkerResources.podLabels(worker, users, selector, target))
        .flatMap(unmet -> mismatch(target.getMetadata().getName(), unmet));
  }

  private static Optional<Problem> mismatch(String deployment, String unmet) {
    return problem(
        "SelectorMismatch",
        unmet.startsWith(Labels.WORKER)
            ? "Deployment "
                + deployment
                + " has the selector "
                + unmet
                + ", which cannot be changed. Create this MonolithWorker anew: under the name that the"
                + " selector says, or with another spec.deploymentName."
            : "The labels in spec.template.metadata.labels do not meet "
                + unmet
                + " of Deployment "
                + deployment
                + "'s selector, which cannot be changed. Correct or remove that label.");
  }

  private static Optional<Problem> problem(String reason, String message) {
    return Optional.of(new Problem(reason, message));
  }
}
