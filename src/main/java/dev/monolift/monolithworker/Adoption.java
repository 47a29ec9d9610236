package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerSpec.Adopt;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do about the Deployment of the wanted name. */
sealed interface Adoption {

  /** There is none: it is created. */
  record Create() implements Adoption {}

  /**
   * It is ours.
   *
   * @param live it
   */
  record Ours(Deployment live) implements Adoption {}

  /**
   * It is somebody else's, and the user wants to see what taking it would change.
   *
   * @param live it
   * @param owner who seems to own it
   */
  record Preview(Deployment live, String owner) implements Adoption {}

  /**
   * It is somebody else's and is taken over.
   *
   * @param live it
   * @param owner who seems to own it
   */
  record Take(Deployment live, String owner) implements Adoption {}

  /**
   * Nothing may be written.
   *
   * @param reason reason of the condition
   * @param message what is wrong and what to do
   */
  record Refuse(String reason, String message) implements Adoption {}

  /** Reason: it belongs to somebody else. */
  String NOT_OURS = "DeploymentNotOurs";

  /** Reason: it belongs to another MonolithWorker. */
  String TAKEN = "DeploymentTaken";

  /** Reason: it is on its way out. */
  String TERMINATING = "DeploymentTerminating";

  /**
   * Decides.
   *
   * @param worker the worker
   * @param seen what was observed
   * @return what to do
   */
  static Adoption decide(MonolithWorker worker, MonolithWorkerObservation seen) {
    Deployment live = seen.deployment();
    if (live == null) {
      return new Create();
    }
    String name = live.getMetadata().getName();
    if (live.getMetadata().getDeletionTimestamp() != null) {
      return new Refuse(
          TERMINATING,
          "Deployment " + name + " is being deleted. Monolift creates it again once it is gone.");
    }
    if (Ownership.isOf(live, worker)) {
      return new Ours(live);
    }
    return forbidden(live, seen.livingOwner())
        .orElseGet(() -> allowed(live, Objects.requireNonNullElse(adopt(worker), Adopt.Never)));
  }

  private static @Nullable Adopt adopt(MonolithWorker worker) {
    return worker.getSpec().adopt();
  }

  /** Owners from whom nothing is taken, whatever the user says. */
  private static Optional<Adoption> forbidden(Deployment live, @Nullable String livingOwner) {
    String name = live.getMetadata().getName();
    if (livingOwner != null) {
      return Optional.of(
          new Refuse(
              TAKEN,
              "Deployment "
                  + name
                  + " belongs to MonolithWorker "
                  + livingOwner
                  + ". Create this one anew with another spec.deploymentName, or delete the other"
                  + " one with spec.deletionPolicy Orphan and then set spec.adopt here."));
    }
    return Ownership.controller(live).map(reference -> controlled(name, reference));
  }

  private static Adoption controlled(String name, OwnerReference controller) {
    String owner = controller.getKind() + " " + controller.getName();
    return new Refuse(
        NOT_OURS,
        Ownership.isWorker(controller)
            ? "Deployment "
                + name
                + " belonged to "
                + owner
                + ", which was deleted; Kubernetes is removing it. Monolift creates its own once it"
                + " is gone."
            : "Deployment "
                + name
                + " is controlled by "
                + owner
                + " ("
                + controller.getApiVersion()
                + "), which would fight any change. Nothing is written. Remove it there first, or"
                + " create this MonolithWorker anew with another spec.deploymentName.");
  }

  private static Adoption allowed(Deployment live, Adopt adopt) {
    String owner =
        Ownership.claim(live)
            .map(
                claim ->
                    "an earlier MonolithWorker"
                        + (claim.name() == null ? "" : " " + claim.name())
                        + " that was deleted with deletionPolicy Orphan")
            .orElseGet(() -> FormerOwner.describe(live));
    return switch (adopt) {
      case DryRun -> new Preview(live, owner);
      case Take -> new Take(live, owner);
      case Never ->
          new Refuse(
              NOT_OURS,
              "Deployment "
                  + live.getMetadata().getName()
                  + " exists and was not created by this MonolithWorker; it seems to belong to "
                  + owner
                  + ". Nothing is written. Set spec.adopt to DryRun to see what taking it over"
                  + " would change, then to Take; or create this MonolithWorker anew with another"
                  + " spec.deploymentName.");
    };
  }

  /** The Deployment whose selector binds this worker: ours, or what would become ours. */
  default @Nullable Deployment target() {
    return switch (this) {
      case Ours ours -> ours.live();
      case Preview preview -> preview.live();
      case Take take -> take.live();
      case Create create -> null;
      case Refuse refuse -> null;
    };
  }
}
