package dev.monolift.operator;

import static dev.monolift.operator.Stage.PATIENCE;
import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.monolift.RunningOperator;
import dev.monolift.testcluster.AuditLog.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the kernel writes and, mostly, does not write; on a real API server. */
class KernelIT {
  private final Stage stage = Stage.set();
  private final Workers workers = stage.workers;

  @Test
  void aWorkerBecomesADeploymentWithOneWriteAndItsStatusFollows() {
    long from = stage.audit.position();
    try (var operator = stage.start()) {
      workers.createMinimal("mailer");

      waitFor("the status", () -> workers.isReady("mailer") && workers.replicas("mailer") == 1);
      assertThat(operator.isReady()).isTrue();
      assertThat(operator.isLeading()).isTrue();
      assertThat(stage.writes(from).stream().filter(w -> w.resource().equals("deployments")))
          .extracting(Request::verb, Request::code)
          .containsExactly(tuple("patch", 201));
    }
  }

  @Test
  void nothingIsWrittenAndEveryKindIsListedOnceWhenTheOperatorStartsAgain() {
    try (var _ = stage.start()) {
      IntStream.range(0, 10).forEach(i -> workers.createMinimal("w" + i));
      waitFor(
          "ten workers",
          () -> IntStream.range(0, 10).allMatch(i -> workers.replicas("w" + i) == 1));
      stage.settle();
    }
    long from = stage.audit.position();

    try (var operator = stage.start()) {
      waitFor("a pass of each", () -> passes(operator) >= 10);
      assertThat(stage.writes(from)).isEmpty();
      assertThat(
              stage.audit.requests(from, OperatorIdentity.USER).stream()
                  .filter(r -> r.verb().equals("list")))
          .extracting(Request::resource)
          .containsExactlyInAnyOrder(
              "monolithworkers",
              "deployments",
              "configmaps",
              "pods",
              "serviceaccounts",
              "roles",
              "rolebindings",
              "cronjobs",
              "leases");
    }
  }

  /**
   * A list with {@code resourceVersion=0} may show what was before the operator's own last writes.
   */
  @Test
  void aStartThatFollowsAnotherSeesNothingOfThePast() {
    long from = stage.audit.position();
    try (var operator = stage.start()) {
      workers.createMinimal("now");
      waitFor("a pass", () -> passes(operator) >= 1);
      assertThat(
              stage.audit.requests(from, OperatorIdentity.USER).stream()
                  .filter(r -> r.verb().equals("list")))
          .hasSizeGreaterThanOrEqualTo(3)
          .noneMatch(r -> r.query().contains("resourceVersion=0"));
    }
  }

  @Test
  void aTemplateThatTheApiServerNormalisesIsNotWrittenTwice() throws Exception {
    var file = Path.of(KernelIT.class.getResource("KernelIT/nasty-template.yaml").toURI());
    try (var _ = stage.start()) {
      workers.create(Files.readString(file, StandardCharsets.UTF_8));
      waitFor("the worker", () -> workers.isReady("nasty") && workers.replicas("nasty") == 1);
      stage.settle();
    }
    long from = stage.audit.position();

    try (var operator = stage.start()) {
      waitFor("the first pass", () -> passes(operator) >= 1);
      for (int i = 0; i < 3; i++) {
        double before = passes(operator);
        stage.annotate("nasty", "touched", Integer.toString(i));
        waitFor("another pass", () -> passes(operator) > before);
      }
      assertThat(stage.writes(from)).isEmpty();
    }
  }

  @Test
  void aForeignEditOfAFieldThatIsSentIsPutRight() {
    try (var _ = stage.start()) {
      workers.createMinimal("mailer");
      waitFor("the worker", () -> workers.isReady("mailer"));

      stage.edit("mailer", d -> d.editSpec().withReplicas(7).endSpec());
      waitFor("replicas", () -> workers.deployment("mailer").getSpec().getReplicas() == 1);

      stage.edit(
          "mailer",
          d ->
              d.editSpec()
                  .editTemplate()
                  .editSpec()
                  .editFirstContainer()
                  .withImage("example.test/other:1")
                  .endContainer()
                  .endSpec()
                  .endTemplate()
                  .endSpec());
      waitFor("the image", () -> workers.image("mailer").equals("example.test/php:1"));

      stage.edit(
          "mailer", d -> d.editMetadata().removeFromLabels("monolift.dev/worker").endMetadata());
      waitFor("the label", () -> workers.labels("mailer").containsKey("monolift.dev/worker"));
    }
  }

  @Test
  void whatIsNoLongerWantedIsRemovedAndForeignFieldsStay() {
    try (var _ = stage.start()) {
      workers.create(
          Workers.minimal("mailer")
              .replace(
                  "command: [php, worker.php]",
                  "env: [{name: A, value: a}, {name: B, value: b}], workingDir: /srv"));
      waitFor("the worker", () -> workers.isReady("mailer"));
      stage.annotate("mailer", "somebody.else/mark", "x");

      workers.patch(
          "mailer",
          """
          {"spec":{"template":{"spec":{"nodeSelector":{"a":"b"},"containers":
            [{"name":"php","image":"example.test/php:1","env":[{"name":"B","value":"b"}]}]}}}}
          """);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                var container = workers.pod("mailer").getContainers().getFirst();
                assertThat(container.getEnv()).extracting("name").containsExactly("B");
                assertThat(container.getWorkingDir()).isNull();
                assertThat(workers.pod("mailer").getNodeSelector()).containsEntry("a", "b");
              });

      workers.patch(
          "mailer",
          "{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"a\":null,\"c\":\"d\"}}}}}");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(workers.pod("mailer").getNodeSelector()).containsOnlyKeys("c"));
      assertThat(workers.deployment("mailer").getMetadata().getAnnotations())
          .containsEntry("somebody.else/mark", "x");
    }
  }

  @Test
  void theOrderOfEnvironmentVariablesIsKept() {
    String env = "env: [{name: A, value: a}, {name: B, value: $(A)}]";
    try (var _ = stage.start()) {
      workers.create(Workers.minimal("mailer").replace("command: [php, worker.php]", env));
      waitFor("the worker", () -> workers.isReady("mailer"));

      workers.patch(
          "mailer",
          """
          {"spec":{"template":{"spec":{"containers":[{"name":"php","image":"example.test/php:1",
            "env":[{"name":"B","value":"$(A)"},{"name":"A","value":"a"}]}]}}}}
          """);

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(workers.pod("mailer").getContainers().getFirst().getEnv())
                      .extracting("name")
                      .containsExactly("B", "A"));
    }
  }

  @Test
  void aDeletedWorkerLeavesNothing() {
    try (var _ = stage.start()) {
      workers.createMinimal("mailer");
      waitFor("the worker", () -> workers.isReady("mailer"));

      stage.cluster.client().resource(workers.get("mailer")).delete();

      waitFor("nothing", () -> !workers.hasDeployment("mailer"));
      assertThat(workers.exists("mailer")).isFalse();
    }
  }

  private static double passes(RunningOperator operator) {
    return Scrape.sum(operator, "monolift_plan_duration_seconds_count");
  }
}
