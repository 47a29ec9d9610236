package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerSpec.Adopt;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every combination of spec.adopt, the owner of the Deployment, and whether that owner lives. */
class AdoptionTest {
  /** Who the Deployment belongs to. */
  enum Owner {
    NOBODY,
    US_BY_ANNOTATION,
    US_BY_REFERENCE,
    US_BUT_ANOTHER_CONTROLS,
    WORKER_BY_ANNOTATION,
    WORKER_BY_REFERENCE,
    OTHER_CONTROLLER
  }

  /**
   * One cell of the table.
   *
   * @param adopt the user's wish
   * @param owner the owner
   * @param alive whether that owner exists, where it is a worker
   * @param leaving whether the Deployment is being deleted
   */
  record Cell(@Nullable Adopt adopt, Owner owner, boolean alive, boolean leaving) {}

  static List<Cell> cells() {
    var cells = new ArrayList<Cell>();
    for (Adopt adopt : new Adopt[] {null, Adopt.Never, Adopt.DryRun, Adopt.Take}) {
      for (Owner owner : Owner.values()) {
        for (boolean alive : new boolean[] {true, false}) {
          for (boolean leaving : new boolean[] {true, false}) {
            cells.add(new Cell(adopt, owner, alive, leaving));
          }
        }
      }
    }
    return cells;
  }

  @ParameterizedTest
  @MethodSource("cells")
  void nothingIsTakenFromALivingOwner(Cell cell) {
    boolean worker =
        cell.owner == Owner.WORKER_BY_ANNOTATION || cell.owner == Owner.WORKER_BY_REFERENCE;
    var seen =
        new MonolithWorkerObservation(
            deployment(cell), worker && cell.alive ? "sms" : null, List.of(), List.of());

    assertThat(name(Adoption.decide(worker(cell.adopt), seen))).isEqualTo(expected(cell));
  }

  private static String expected(Cell cell) {
    if (cell.leaving) {
      return "DeploymentTerminating";
    }
    return switch (cell.owner) {
      case US_BY_ANNOTATION, US_BY_REFERENCE -> "Ours";
      case OTHER_CONTROLLER, US_BUT_ANOTHER_CONTROLS -> "DeploymentNotOurs";
      case WORKER_BY_REFERENCE -> cell.alive ? "DeploymentTaken" : "DeploymentNotOurs";
      case WORKER_BY_ANNOTATION -> cell.alive ? "DeploymentTaken" : byWish(cell.adopt);
      case NOBODY -> byWish(cell.adopt);
    };
  }

  private static String byWish(@Nullable Adopt adopt) {
    if (adopt == Adopt.Take) {
      return "Take";
    }
    return adopt == Adopt.DryRun ? "Preview" : "DeploymentNotOurs";
  }

  private static String name(Adoption adoption) {
    return adoption instanceof Adoption.Refuse refuse
        ? refuse.reason()
        : adoption.getClass().getSimpleName();
  }

  @Test
  void whatIsNotThereIsCreated() {
    assertThat(Adoption.decide(worker(Adopt.Take), MonolithWorkerObservation.NOTHING))
        .isEqualTo(new Adoption.Create());
  }

  private static MonolithWorker worker(@Nullable Adopt adopt) {
    return GoldenCase.YAML.unmarshal(
        """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: mail, namespace: shop, uid: ours}
        spec: {template: {spec: {containers: [{name: php}]}}%s}
        """
            .formatted(adopt == null ? "" : ", adopt: " + adopt),
        MonolithWorker.class);
  }

  private static Deployment deployment(Cell cell) {
    var metadata = new DeploymentBuilder().withNewMetadata().withName("mail").withNamespace("shop");
    if (cell.leaving) {
      metadata.withDeletionTimestamp("2026-01-01T00:00:00Z");
    }
    switch (cell.owner) {
      case NOBODY -> {}
      case US_BY_ANNOTATION -> metadata.addToAnnotations(Labels.OWNER_UID, "ours");
      case WORKER_BY_ANNOTATION -> metadata.addToAnnotations(Labels.OWNER_UID, "other");
      case US_BY_REFERENCE, WORKER_BY_REFERENCE ->
          metadata
              .addNewOwnerReference()
              .withApiVersion("monolift.dev/v1alpha1")
              .withKind("MonolithWorker")
              .withName("sms")
              .withUid(cell.owner == Owner.US_BY_REFERENCE ? "ours" : "other")
              .withController(true)
              .endOwnerReference();
      case OTHER_CONTROLLER, US_BUT_ANOTHER_CONTROLS -> {
        metadata
            .addNewOwnerReference()
            .withApiVersion("argoproj.io/v1alpha1")
            .withKind("Rollout")
            .withName("mail")
            .withUid("rollout")
            .withController(true)
            .endOwnerReference();
        if (cell.owner == Owner.US_BUT_ANOTHER_CONTROLS) {
          metadata.addToAnnotations(Labels.OWNER_UID, "ours");
        }
      }
    }
    return metadata.endMetadata().build();
  }
}
