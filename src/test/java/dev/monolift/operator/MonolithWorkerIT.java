package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What {@code docs/worker.md} promises, on a real API server with real controllers and an operator
 * of its own process.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonolithWorkerIT {
  private final Stage stage = Stage.set();
  private final Workers workers = stage.workers;
  private OperatorProcess operator;

  @BeforeAll
  void start() {
    operator = OperatorProcess.start(stage.kubeconfig, 0, stage.namespace);
  }

  @AfterAll
  void stop() {
    operator.close();
  }

  private static String worker(String name, int replicas, String more) {
    return """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: %s}
        spec:
          replicas: %d
          %s
          template:
            spec:
              terminationGracePeriodSeconds: 1
              containers:
                - name: php
                  image: php:8.2-cli
                  command: [php, worker.php]
                  env: [{name: DB_HOST, value: db.corp.example}]
        """
        .formatted(name, replicas, more);
  }

  private void readyWith(String name, int replicas) {
    waitFor(name + " ready", () -> workers.isReady(name) && workers.replicas(name) == replicas);
  }

  private List<String> podUids(String name) {
    return stage
        .cluster
        .client()
        .pods()
        .inNamespace(stage.namespace)
        .withLabel("monolift.dev/worker", name)
        .list()
        .getItems()
        .stream()
        .map((Pod pod) -> pod.getMetadata().getUid())
        .sorted()
        .toList();
  }

  @Test
  void becomesADeploymentScalesRollsAndLeavesNothing() {
    workers.create(
        worker(
            "mail",
            2,
            "dns: {endpoints: [{phpIni: session.save_path, value: 'tcp://redis.corp.example:6379', host: redis.corp.example, client: redis}]}"));
    readyWith("mail", 2);
    assertThat(workers.pod("mail").getDnsConfig().getOptions())
        .singleElement()
        .satisfies(
            option -> assertThat(option.getName() + ":" + option.getValue()).isEqualTo("ndots:2"));
    assertThat(workers.status("mail", "selector")).isEqualTo("monolift.dev/worker=mail");

    stage.kubectl("scale", "monolithworker/mail", "--replicas=4");
    readyWith("mail", 4);
    stage.kubectl("scale", "monolithworker/mail", "--replicas=0");
    readyWith("mail", 0);
    workers.patch("mail", "{\"spec\":{\"replicas\":1}}");
    readyWith("mail", 1);

    List<String> before = podUids("mail");
    workers.patch(
        "mail", "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}");
    waitFor(
        "a new pod",
        () ->
            workers.isReady("mail")
                && podUids("mail").size() == 1
                && !podUids("mail").equals(before));

    stage.kubectl("delete", "monolithworker/mail");
    waitFor("nothing is left", () -> stage.ownedNames("mail").isEmpty());
  }

  @Test
  void aForeignEditIsPutRight() {
    workers.create(worker("edited", 1, ""));
    readyWith("edited", 1);
    stage.kubectl("set", "image", "deployment/edited", "php=php:7.0-cli");
    waitFor("reverted", () -> workers.image("edited").equals("php:8.2-cli"));
    stage.kubectl("scale", "deployment/edited", "--replicas=5");
    waitFor(
        "scaled back",
        () -> Objects.equals(workers.deployment("edited").getSpec().getReplicas(), 1));
    waitFor(
        "said so",
        () -> workers.eventReasons().stream().filter("ForeignEditReverted"::equals).count() >= 2);
    readyWith("edited", 1);
  }

  @Test
  void anOrphanRunsOnAndIsTakenOnlyWhenAsked() {
    workers.create(worker("orphan", 1, "deletionPolicy: Orphan"));
    readyWith("orphan", 1);
    assertThat(workers.deployment("orphan").getMetadata().getOwnerReferences()).isEmpty();
    List<String> pods = podUids("orphan");
    stage.kubectl("delete", "monolithworker/orphan");
    waitFor("deleted", () -> !workers.exists("orphan"));

    workers.create(worker("orphan", 1, ""));
    waitFor("refused", () -> "DeploymentNotOurs".equals(workers.ready("orphan").get("reason")));
    assertThat(podUids("orphan")).isEqualTo(pods);
    workers.patch("orphan", "{\"spec\":{\"adopt\":\"Take\"}}");
    readyWith("orphan", 1);
    assertThat(workers.deployment("orphan").getMetadata().getOwnerReferences()).hasSize(1);
    assertThat(podUids("orphan")).as("the template is the same: no rollout").isEqualTo(pods);
  }

  @Test
  void badInputChangesNothingThatRuns() {
    workers.create(worker("bad", 2, ""));
    readyWith("bad", 2);
    List<String> pods = podUids("bad");
    long generation = workers.deployment("bad").getMetadata().getGeneration();

    workers.patch(
        "bad",
        "{\"spec\":{\"replicas\":7,\"dns\":{\"endpoints\":[{\"env\":\"NOT_THERE\",\"host\":\"db.corp.example\",\"client\":\"mysql\"}]}}}");
    waitFor(
        "refused",
        () ->
            "False".equals(workers.ready("bad").get("status"))
                && workers.message("bad").contains("NOT_THERE"));
    assertThat(podUids("bad")).isEqualTo(pods);
    assertThat(workers.deployment("bad").getMetadata().getGeneration()).isEqualTo(generation);

    workers.patch("bad", "{\"spec\":{\"replicas\":2,\"dns\":null}}");
    readyWith("bad", 2);
    assertThat(podUids("bad")).isEqualTo(pods);
  }

  @Test
  void whatTheApiServerRefusesIsSaidAndRepaired() {
    workers.create(worker("refused", 1, ""));
    readyWith("refused", 1);
    List<String> pods = podUids("refused");
    workers.patch(
        "refused",
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"php\",\"image\":\"php:8.2-cli\",\"volumeMounts\":[{\"name\":\"nowhere\",\"mountPath\":\"/x\"}]}]}}}}");
    waitFor("refused", () -> workers.message("refused").contains("nowhere"));
    assertThat(workers.ready("refused").get("status")).isEqualTo("False");
    assertThat(podUids("refused")).isEqualTo(pods);
    workers.patch(
        "refused",
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"php\",\"image\":\"php:8.2-cli\",\"command\":[\"php\",\"worker.php\"],\"env\":[{\"name\":\"DB_HOST\",\"value\":\"db.corp.example\"}]}]}}}}");
    readyWith("refused", 1);
    assertThat(podUids("refused")).isEqualTo(pods);
  }

  @Test
  void aDeploymentOfKubectlIsShownThenTaken() {
    stage.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: legacy, labels: {team: shop}}
        spec:
          replicas: 3
          selector: {matchLabels: {app: legacy}}
          template:
            metadata: {labels: {app: legacy}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
                - name: php
                  image: php:8.1-cli
                  args: ["old.php"]
                  env: [{name: OLD, value: "1"}]
        """);
    waitFor(
        "legacy runs",
        () -> Objects.equals(workers.deployment("legacy").getStatus().getReadyReplicas(), 3));
    long generation = workers.deployment("legacy").getMetadata().getGeneration();

    workers.create(worker("legacy", 3, "adopt: DryRun"));
    waitFor(
        "shown",
        () ->
            workers
                .condition("legacy", "Adopted")
                .getOrDefault("message", "")
                .toString()
                .contains("php:8.1-cli"));
    assertThat(String.valueOf(workers.condition("legacy", "Adopted").get("message")))
        .contains("php:8.2-cli")
        .contains("OLD")
        .contains("old.php");
    assertThat(workers.deployment("legacy").getMetadata().getGeneration()).isEqualTo(generation);

    workers.patch("legacy", "{\"spec\":{\"adopt\":\"Take\"}}");
    readyWith("legacy", 3);
    var taken = workers.deployment("legacy");
    assertThat(taken.getSpec().getSelector().getMatchLabels())
        .containsExactly(java.util.Map.entry("app", "legacy"));
    var container = taken.getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(container.getArgs()).as("what the worker does not want is gone").isEmpty();
    assertThat(container.getEnv()).extracting("name").containsExactly("DB_HOST");
    assertThat(workers.status("legacy", "selector")).isEqualTo("app=legacy");
  }

  @Test
  void twoWorkersNeverShareADeployment() {
    workers.create(worker("first", 1, ""));
    readyWith("first", 1);
    workers.create(worker("second", 1, "deploymentName: first\n  adopt: Take"));
    waitFor("refused", () -> "DeploymentTaken".equals(workers.ready("second").get("reason")));
    assertThat(workers.message("second")).contains("first");
    assertThat(workers.isReady("first")).isTrue();
  }

  @Test
  void aDeletedDeploymentComesBack() {
    workers.create(worker("again", 1, ""));
    readyWith("again", 1);
    String uid = workers.deployment("again").getMetadata().getUid();
    stage.kubectl("delete", "deployment/again");
    waitFor(
        "back",
        () ->
            workers.hasDeployment("again")
                && !workers.deployment("again").getMetadata().getUid().equals(uid));
    readyWith("again", 1);
  }

  @Test
  void aForeignAnnotationStays() {
    workers.create(worker("noted", 1, ""));
    readyWith("noted", 1);
    stage
        .cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(stage.namespace)
        .withName("noted")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            new DeploymentBuilder(workers.deployment("noted"))
                .editMetadata()
                .addToAnnotations("team", "mail")
                .withManagedFields()
                .endMetadata()
                .build());
    workers.patch("noted", "{\"spec\":{\"minReadySeconds\":1}}");
    waitFor(
        "applied",
        () -> Objects.equals(workers.deployment("noted").getSpec().getMinReadySeconds(), 1));
    assertThat(workers.deployment("noted").getMetadata().getAnnotations())
        .containsEntry("team", "mail");
  }

  @Test
  void aServiceAccountThatSomebodyAddsStaysAndIsNotFoughtOver() {
    workers.create(worker("account", 1, ""));
    readyWith("account", 1);
    stage.kubectl("create", "serviceaccount", "other");
    stage.kubectl("set", "serviceaccount", "deployment/account", "other");
    // the API server keeps a copy of the name in another field: settling is what a loop would never
    // do
    stage.settle();
    readyWith("account", 1);
    assertThat(workers.pod("account").getServiceAccountName()).isEqualTo("other");
  }
}
