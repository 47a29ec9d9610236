package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The objects of the daily restart, on a real control plane with the shipped rights. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartChildrenIT {
  private static final String WINDOW =
      "window: {start: '23:30', end: '00:30'}, timeZone: Asia/Tokyo";

  /** Everything that the API server likes to write in its own way. */
  private static final String NASTY_POD =
      """
      pod: {image: 'example.test/m:1', priorityClassName: system-cluster-critical, nodeSelector: {disk: ''},
        imagePullSecrets: [{name: pull}], resources: {requests: {cpu: '0.1', memory: 1024Mi}, limits: {cpu: '1.0'}},
        tolerations: [{key: a, operator: Exists, effect: NoSchedule}, {operator: Exists, tolerationSeconds: 0, effect: NoExecute}],
        labels: {sidecar.istio.io/inject: 'false', empty: ''}, annotations: {linkerd.io/inject: disabled, none: ''}}"""
          .replace("\n", " ");

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

  private static String worker(String name, String restart) {
    return Workers.minimal(name).replaceFirst("spec:\n", "spec:\n  restart: {" + restart + "}\n");
  }

  private void create(String name, String restart) {
    workers.create(worker(name, restart));
    waitFor(name + " observed", () -> workers.isObserved(name) && workers.isReady(name));
  }

  private @Nullable CronJob cronJob(String name) {
    return stage
        .cluster
        .client()
        .batch()
        .v1()
        .cronjobs()
        .inNamespace(stage.namespace)
        .withName(name)
        .get();
  }

  private CronJob cronJobOf(String worker) {
    return Objects.requireNonNull(cronJob(worker + "-restart"));
  }

  /** Kind and name of what restarts a worker. */
  private List<String> children(String worker) {
    return stage
        .kubectl(
            "get",
            "cronjobs,serviceaccounts,roles,rolebindings",
            "-l",
            "monolift.dev/worker=" + worker,
            "-o",
            "name")
        .lines()
        .filter(line -> line.contains("/"))
        .sorted()
        .toList();
  }

  private @Nullable Object restartStatus(String worker, String field) {
    return workers.status(worker, "restart") instanceof Map<?, ?> map ? map.get(field) : null;
  }

  private boolean isScheduled(String worker, String reason) {
    return reason.equals(workers.condition(worker, "RestartScheduled").get("reason"));
  }

  private void edit(HasMetadata object) {
    stage.cluster.client().resource(object).update();
  }

  @Test
  void theyAppearAreHeldAndGo() {
    create("mail", WINDOW + ", group: queue, " + NASTY_POD);
    waitFor("scheduled", () -> isScheduled("mail", "Scheduled"));
    assertThat(children("mail"))
        .containsExactly(
            "cronjob.batch/mail-restart",
            "role.rbac.authorization.k8s.io/mail-monolift-restart",
            "rolebinding.rbac.authorization.k8s.io/mail-monolift-restart",
            "serviceaccount/mail-monolift-restart");
    CronJob made = cronJobOf("mail");
    assertThat(made.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getName()).isEqualTo("mail"));
    assertThat(restartStatus("mail", "schedule")).isEqualTo(made.getSpec().getSchedule());
    assertThat(stage.kubectl("get", "lease", "monolift-restart-queue", "-o", "yaml"))
        .contains("monolift.dev/restart-group: queue")
        .doesNotContain("ownerReferences");

    edit(
        new CronJobBuilder(made)
            .editSpec()
            .withSchedule("* * * * *")
            .withConcurrencyPolicy("Allow")
            .endSpec()
            .build());
    waitFor("put right", () -> isSameSpec(made, cronJobOf("mail")));
    stage.kubectl(
        "patch",
        "role",
        "mail-monolift-restart",
        "--type=json",
        "-p=[{\"op\":\"remove\",\"path\":\"/rules/0/resourceNames\"}]");
    waitFor(
        "one Deployment only",
        () -> role("mail").getRules().getFirst().getResourceNames().equals(List.of("mail")));
    stage.kubectl("delete", "serviceaccount", "mail-monolift-restart");
    stage.kubectl("delete", "rolebinding", "mail-monolift-restart");
    waitFor("made again", () -> children("mail").size() == 4);
    stage.kubectl("delete", "lease", "monolift-restart-queue");
    waitFor("the group's Lease too", () -> isThere("monolift-restart-queue"));

    workers.patch("mail", "{\"spec\":{\"restart\":{\"suspend\":true}}}");
    waitFor("suspended", () -> Boolean.TRUE.equals(cronJobOf("mail").getSpec().getSuspend()));
    waitFor("said", () -> isScheduled("mail", "Suspended"));
    workers.patch("mail", "{\"spec\":{\"restart\":null}}");
    waitFor("gone", () -> children("mail").isEmpty());
    waitFor("said no more", () -> workers.condition("mail", "RestartScheduled").isEmpty());
    assertThat(workers.status("mail", "restart")).isNull();
  }

  private boolean isThere(String lease) {
    return stage.cluster.client().leases().inNamespace(stage.namespace).withName(lease).get()
        != null;
  }

  private static boolean isSameSpec(CronJob a, CronJob b) {
    return a.getSpec().equals(b.getSpec());
  }

  private Role role(String worker) {
    return Objects.requireNonNull(
        stage
            .cluster
            .client()
            .rbac()
            .roles()
            .inNamespace(stage.namespace)
            .withName(worker + "-monolift-restart")
            .get());
  }

  @Test
  void theyGoWithTheWorkerUnlessItIsAnOrphan() {
    create("short", WINDOW);
    create("orphan", WINDOW);
    workers.patch("orphan", "{\"spec\":{\"deletionPolicy\":\"Orphan\"}}");
    waitFor("no owner", () -> cronJobOf("orphan").getMetadata().getOwnerReferences().isEmpty());
    stage.kubectl("delete", "monolithworker", "short", "orphan");
    waitFor("collected", () -> children("short").isEmpty());
    assertThat(children("orphan")).hasSize(4);
    // a worker of that name has them again, and they go with it
    workers.create(worker("orphan", WINDOW).replaceFirst("spec:\n", "spec:\n  adopt: Take\n"));
    waitFor("scheduled", () -> workers.isObserved("orphan") && isScheduled("orphan", "Scheduled"));
    waitFor("owned", () -> cronJobOf("orphan").getMetadata().getOwnerReferences().size() == 1);
    workers.patch("orphan", "{\"spec\":{\"restart\":null}}");
    waitFor("gone", () -> children("orphan").isEmpty());
  }

  @Test
  void whatIsSomebodyElsesIsNotTouched() {
    stage.kubectl(
        "create", "cronjob", "taken-restart", "--image=example.test/x", "--schedule=0 0 1 1 *");
    CronJob before = Objects.requireNonNull(cronJob("taken-restart"));
    create("taken", WINDOW);
    waitFor("said", () -> isScheduled("taken", "NotOurs"));
    assertThat(String.valueOf(workers.condition("taken", "RestartScheduled").get("message")))
        .contains("CronJob taken-restart");
    assertThat(children("taken")).isEmpty();
    workers.patch("taken", "{\"spec\":{\"restart\":null}}");
    waitFor("said no more", () -> workers.condition("taken", "RestartScheduled").isEmpty());
    assertThat(cronJob("taken-restart")).isEqualTo(before);
  }

  @Test
  void aRestartIsNotTakenBackAndIsShown() {
    workers.create(
        worker("leaky", WINDOW)
            .replaceFirst(
                "  template:\n",
                "  template:\n    metadata: {annotations: {kubectl.kubernetes.io/restartedAt: '2026-01-01T00:00:00Z'}}\n"));
    waitFor("ready", () -> workers.isReady("leaky"));
    stage.settle();
    stage.kubectl(
        "patch",
        "deployment",
        "leaky",
        "--type=merge",
        "--field-manager=monolift-restart",
        "-p={\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/restartedAt\":\"2026-02-02T02:02:02+09:00\"}}}}}");
    waitFor(
        "shown", () -> "2026-02-01T17:02:02Z".equals(restartStatus("leaky", "lastRestartTime")));
    stage.settle();
    Deployment live = workers.deployment("leaky");
    assertThat(live.getSpec().getTemplate().getMetadata().getAnnotations())
        .containsEntry("kubectl.kubernetes.io/restartedAt", "2026-02-02T02:02:02+09:00");
    assertThat(workers.operatorEvents("leaky"::equals)).doesNotContain("ForeignEditReverted");
  }

  @Test
  void fortyWorkersSpreadAndAnOperatorThatStartsAgainWritesNothing() throws InterruptedException {
    int count = 40;
    IntStream.range(0, count)
        .forEach(i -> workers.create(worker("w-" + i, WINDOW + ", group: all, " + NASTY_POD)));
    waitFor(
        "scheduled",
        () ->
            IntStream.range(0, count)
                .allMatch(i -> workers.isReady("w-" + i) && isScheduled("w-" + i, "Scheduled")));
    var load = new HashMap<String, Integer>();
    IntStream.range(0, count)
        .forEach(i -> load.merge(cronJobOf("w-" + i).getSpec().getSchedule(), 1, Integer::sum));
    assertThat(load).as("minutes of the hour").hasSizeGreaterThan(20);
    assertThat(load.values()).as("restarts in one minute").allMatch(n -> n <= 5);
    stage.settle();

    operator.terminate();
    long from = stage.audit.position();
    operator = OperatorProcess.start(stage.kubeconfig, 0, stage.namespace);
    workers.create(worker("last", WINDOW));
    waitFor("it works", () -> isScheduled("last", "Scheduled") && workers.isReady("last"));
    stage.settle();
    var requests = stage.audit.requests(from, OperatorIdentity.USER);
    assertThat(requests)
        .filteredOn(r -> !List.of("get", "list", "watch").contains(r.verb()))
        .filteredOn(r -> !r.resource().startsWith("selfsubject"))
        .isNotEmpty()
        .allMatch(r -> r.name().contains("last") || r.resource().equals("events"));
    for (String kind : List.of("cronjobs", "serviceaccounts", "roles", "rolebindings", "leases")) {
      assertThat(requests)
          .filteredOn(r -> r.resource().equals(kind) && r.verb().equals("list"))
          .as("lists of " + kind)
          .hasSize(1);
      assertThat(requests)
          .filteredOn(r -> r.resource().equals(kind) && r.verb().equals("get"))
          .as("what the cache knows is not asked for: " + kind)
          .allMatch(r -> r.name().contains("last"));
    }
  }
}
