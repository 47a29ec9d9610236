package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.dns.DnsResult;
import dev.monolift.drain.DrainResult;
import dev.monolift.drain.DrainableCondition;
import dev.monolift.drain.EntrypointLint;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Conditions.Status;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of a worker beside Ready. */
final class WorkerConditions {
  static final String AVAILABLE = "Available";
  static final String PROGRESSING = "Progressing";
  static final String ADOPTED = "Adopted";
  static final String DNS_SAFE = "DnsSafe";
  static final String DRAIN_BUDGET = "DrainBudget";

  /** Reason: it was taken over. */
  static final String TAKEN_OVER = "Taken";

  private WorkerConditions() {}

  /** A condition of the current status. */
  static Optional<Condition> current(MonolithWorker worker, String type) {
    return worker.getStatus() == null
        ? Optional.empty()
        : Conditions.find(worker.getStatus().conditions(), type);
  }

  /** A condition of the Deployment, as it says it. */
  static Optional<Condition> mirror(
      @Nullable Deployment live, String type, @Nullable Long generation) {
    return live == null
        ? Optional.empty()
        : Readiness.condition(live, type)
            .map(
                c ->
                    Conditions.of(
                        type,
                        Status.valueOf(c.getStatus()),
                        c.getReason() == null ? "Unknown" : c.getReason(),
                        Texts.bounded(c.getMessage()),
                        generation));
  }

  /** Adopted, for a Deployment that is somebody else's or was taken over. */
  static Optional<Condition> adopted(
      MonolithWorker worker, Adoption adoption, @Nullable DeploymentDiff diff) {
    Long generation = worker.getMetadata().getGeneration();
    return switch (adoption) {
      case Adoption.Create create -> Optional.empty();
      case Adoption.Ours ours when !wasTaken(ours.live()) -> Optional.empty();
      case Adoption.Ours ours -> Optional.of(taken(ours.live(), generation));
      case Adoption.Take take -> Optional.of(taken(take.live(), generation));
      case Adoption.Preview preview ->
          Optional.ofNullable(diff).map(changes -> preview(preview, changes, generation));
      case Adoption.Refuse refuse ->
          refuse.reason().equals(Adoption.TERMINATING)
              ? Optional.empty()
              : Optional.of(
                  Conditions.of(
                      ADOPTED, Status.False, refuse.reason(), refuse.message(), generation));
    };
  }

  /** Adopted, while something else has to be put right first. */
  static Optional<Condition> notYetAdopted(
      MonolithWorker worker, Adoption adoption, Problem problem) {
    return switch (adoption) {
      case Adoption.Preview p -> Optional.of(notYet(worker, problem));
      case Adoption.Take t -> Optional.of(notYet(worker, problem));
      default -> adopted(worker, adoption, null);
    };
  }

  private static Condition notYet(MonolithWorker worker, Problem problem) {
    return Conditions.of(
        ADOPTED,
        Status.False,
        problem.reason(),
        Texts.bounded("Not taken over yet. " + problem.message()),
        worker.getMetadata().getGeneration());
  }

  private static Condition taken(Deployment live, @Nullable Long generation) {
    return Conditions.of(
        ADOPTED,
        Status.True,
        TAKEN_OVER,
        "Deployment "
            + live.getMetadata().getName()
            + " existed before this MonolithWorker and was taken over; it keeps its selector.",
        generation);
  }

  private static Condition preview(
      Adoption.Preview preview, DeploymentDiff diff, @Nullable Long generation) {
    String effect =
        diff.isRollout()
            ? "This replaces the pods: a rollout."
            : "The pod template stays as it is: no rollout.";
    return Conditions.of(
        ADOPTED,
        Status.False,
        "DryRun",
        "Nothing is written. Taking over Deployment "
            + preview.live().getMetadata().getName()
            + " from "
            + preview.owner()
            + " would change:\n"
            + diff.text()
            + effect,
        generation);
  }

  /** Whether a Deployment of ours existed before the worker. */
  static boolean wasTaken(Deployment live) {
    return Ownership.annotation(live, Labels.ADOPTED) != null;
  }

  /** DnsSafe, where the user has endpoints or there is something to know. */
  static Optional<Condition> dnsSafe(MonolithWorker worker, DnsResult dns) {
    Long generation = worker.getMetadata().getGeneration();
    if (!dns.findings().isEmpty()) {
      String message =
          dns.findings().stream().map(DnsResult.Finding::message).collect(Collectors.joining(" "));
      return Optional.of(
          Conditions.of(
              DNS_SAFE,
              Status.False,
              dns.findings().getFirst().reason(),
              Texts.bounded(message),
              generation));
    }
    var spec = worker.getSpec().dns();
    List<?> endpoints = spec == null ? null : spec.endpoints();
    if (endpoints == null || endpoints.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Conditions.of(
            DNS_SAFE,
            Status.True,
            "Safe",
            "Every endpoint is written in a form that its client is known to work with.",
            generation));
  }

  /** Drainable: what the entrypoint makes of a stop, before anything runs. */
  static Optional<Condition> drainable(MonolithWorker worker, MonolithWorkerObservation seen) {
    var spec = worker.getSpec();
    return Optional.of(
        DrainableCondition.of(
            EntrypointLint.of(
                spec.template(), spec.container(), spec.drain(), seen.userConfigMaps()),
            worker.getMetadata().getGeneration()));
  }

  /** DrainBudget, where there is something to know about the time that pods have to end. */
  static Optional<Condition> drainBudget(MonolithWorker worker, DrainResult drain) {
    return drain.warnings().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Conditions.of(
                DRAIN_BUDGET,
                Status.False,
                drain.warnings().getFirst().reason(),
                drain.warnings().stream()
                    .map(DrainResult.Finding::message)
                    .collect(Collectors.joining(" ")),
                worker.getMetadata().getGeneration()));
  }
}
