package dev.monolift.operator;

import static dev.monolift.operator.Stage.PATIENCE;
import static dev.monolift.operator.Stage.waitFor;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.monolift.OperatorMain;
import dev.monolift.OperatorOptions;
import dev.monolift.RunningOperator;
import dev.monolift.StartFailure;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.junit.jupiter.api.Test;

/** Resources and answers that are wrong: who is harmed, and what the user is told. */
class TroubleIT {
  private static final String POISON =
      Workers.minimal("poison")
          .replace("spec:\n  t", "spec:\n  revisionHistoryLimit: 99999999999\n  t");

  private final Stage stage = Stage.set();
  private final Workers workers = stage.workers;

  @Test
  void aResourceThatCannotBeReadHarmsOnlyItself() {
    // as after a downgrade of the CRD's schema or of the operator
    definition().edit(TroubleIT::withoutBounds);
    try {
      await()
          .atMost(PATIENCE)
          .ignoreException(KubernetesClientException.class)
          .untilAsserted(() -> workers.create(POISON));
      workers.createMinimal("early");
      try (var _ = stage.start()) {
        waitFor("the early one", () -> workers.isReady("early"));
        workers.createMinimal("late");
        waitFor("the late one", () -> workers.isReady("late"));
        awaitReady("poison", "False", "Unreadable");
        assertThat(workers.message("poison"))
            .isEqualTo(
                "spec.revisionHistoryLimit is 99999999999, which is not an integer of 32 bits."
                    + " Correct the value; what runs stays as it is.");

        workers.patch("poison", "{\"spec\":{\"revisionHistoryLimit\":1}}");
        waitFor("the cured one", () -> workers.isReady("poison"));
      }
    } finally {
      stage.cluster.installCrds();
    }
  }

  @Test
  void aResourceThatCannotBePlannedHarmsOnlyItselfAndSaysSoOnce() {
    workers.createMinimal(EchoKind.DEFECT);
    workers.createMinimal("other");
    try (var operator = stage.start()) {
      waitFor("the other one", () -> workers.isReady("other"));
      awaitReady(EchoKind.DEFECT, "Unknown", "InternalError");
      stage.settle();
      long from = stage.audit.position();
      double before = errors(operator);

      waitFor("two more attempts", () -> errors(operator) >= before + 2);

      assertThat(stage.writes(from)).isEmpty();
    }
  }

  @Test
  void aChildThatTheApiServerRefusesIsReportedAndTheRestOfTheStatusStays() {
    try (var _ = stage.start()) {
      workers.createMinimal("mailer");
      waitFor("the worker", () -> workers.isReady("mailer"));

      workers.patch(
          "mailer", "{\"spec\":{\"template\":{\"spec\":{\"serviceAccountName\":\"Not_A_Name\"}}}}");

      awaitReady("mailer", "False", "DeploymentRejected");
      assertThat(workers.message("mailer"))
          .contains("serviceAccountName")
          .contains("Correct the spec");
      assertThat(workers.status("mailer", "deployment")).isEqualTo("mailer");
      waitFor("an event", () -> workers.eventReasons().contains("DeploymentRejected"));
    }
  }

  @Test
  void aMissingDefinitionIsOneSentence() {
    try (var bare = TestCluster.start()) {
      var options = OperatorOptions.alone(bare.client().getConfiguration());

      assertThatThrownBy(
              () -> new OperatorMain(OperatorMain::client, new EchoKind()).start(options))
          .isInstanceOf(StartFailure.class)
          .hasMessageStartingWith(
              "The CustomResourceDefinition monolithworkers.monolift.dev is not installed")
          .hasMessageEndingWith("kubectl apply -f crds/");
    }
  }

  private void awaitReady(String worker, String status, String reason) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(workers.ready(worker))
                    .containsEntry("status", status)
                    .containsEntry("reason", reason));
  }

  private static double errors(RunningOperator operator) {
    return Scrape.sum(operator, "monolift_reconcile_errors_total");
  }

  private Resource<CustomResourceDefinition> definition() {
    return stage
        .cluster
        .client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("monolithworkers.monolift.dev");
  }

  private static CustomResourceDefinition withoutBounds(CustomResourceDefinition definition) {
    var edited = new CustomResourceDefinitionBuilder(definition).build();
    JSONSchemaProps spec =
        requireNonNull(
            edited
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("spec"));
    requireNonNull(spec.getProperties().get("revisionHistoryLimit")).setFormat(null);
    return edited;
  }
}
