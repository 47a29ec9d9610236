package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.proof.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator dies right before its first write, its second, and so on through the last one that a
 * change needs; the next one finishes the change, and what is there then is what an operator that
 * never died makes.
 */
class FaultPointsIT {
  private static final int MOST_WRITES = 30;
  private static final String INI =
      "dns: {endpoints: [{phpIni: session.save_path, value: 'tcp://redis.corp.example:6379', host: redis.corp.example, client: redis}]}";

  /** What ends while no operator runs shall be told all the same. */
  private static final String HELD = "drain: {holdPods: true}\n  ";

  /** A change and the state that ends it. */
  record Change(
      String name,
      List<String> before,
      List<String> apply,
      String event,
      Predicate<Workers> done) {}

  static Stream<Named<Change>> changes() {
    return Stream.of(
        named(
            new Change(
                "creation", List.of(), List.of(worker(1, INI)), "Created", w -> ready(w, 1))),
        named(
            new Change(
                "template and scale",
                List.of(worker(1, HELD)),
                List.of(
                    worker(2, HELD + INI + "\n  minReadySeconds: 0")
                        .replace("php:8.2-cli", "php:8.3-cli")),
                "Created",
                w -> ready(w, 2) && w.image("job").equals("php:8.3-cli"))),
        named(
            new Change(
                "end of a ConfigMap",
                List.of(worker(1, HELD + INI)),
                List.of(worker(1, HELD)),
                "Created",
                w -> ready(w, 1) && w.configMaps("job").size() == 1)),
        named(
            new Change(
                "adoption",
                List.of(FOREIGN),
                List.of(worker(1, "adopt: Take")),
                "Adopted",
                w -> ready(w, 1))),
        named(
            new Change(
                "orphaning",
                List.of(worker(1, INI)),
                List.of(worker(1, INI + "\n  deletionPolicy: Orphan")),
                "Created",
                w ->
                    ready(w, 1)
                        && w.deployment("job").getMetadata().getOwnerReferences().isEmpty())),
        named(
            new Change(
                "rollout through the start gate",
                List.of(worker(1, HELD + "consumers: {max: 1}")),
                List.of(
                    worker(1, HELD + "consumers: {max: 1}").replace("php:8.2-cli", "php:8.3-cli")),
                "Created",
                w -> ready(w, 1) && w.image("job").equals("php:8.3-cli"))),
        named(
            new Change(
                "scale-in of held pods",
                List.of(worker(2, HELD)),
                List.of(worker(1, HELD)),
                "Created",
                w ->
                    ready(w, 1)
                        && w.pods("job").size() == 1
                        && Map.of("clean", 1).equals(verdicts(w)))));
  }

  private static Named<Change> named(Change change) {
    return Named.of(change.name(), change);
  }

  private static final String FOREIGN =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: job}
      spec:
        replicas: 1
        selector: {matchLabels: {app: job}}
        template:
          metadata: {labels: {app: job}}
          spec:
            terminationGracePeriodSeconds: 1
            containers: [{name: php, image: "php:8.1-cli", args: ["old.php"]}]
      """;

  private static String worker(int replicas, String more) {
    return """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: job}
        spec:
          replicas: %d
          %s
          template:
            spec:
              terminationGracePeriodSeconds: 1
              containers: [{name: php, image: "php:8.2-cli", command: [php, worker.php]}]
        """
        .formatted(replicas, more);
  }

  private static boolean ready(Workers workers, int replicas) {
    return workers.isReady("job")
        && workers.replicas("job") == replicas
        && workers.isObserved("job");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aKilledOperatorIsContinued(Change change) {
    Map<String, String> expected = Map.of();
    List<String> events = List.of();
    int faults = 0;
    for (int fault = 0; fault <= MOST_WRITES; fault++) {
      var scene = Stage.set();
      prepare(scene, change);
      boolean died = runUntilDeadOrDone(scene, change, fault);
      var found = summary(scene.workers);
      var ends = endedPods(scene.workers);
      assertThat(ends)
          .as("pods told of after a death before write %d", fault)
          .doesNotHaveDuplicates();
      var said = new ArrayList<>(scene.workers.operatorEvents("job"::equals));
      said.removeIf(reason -> reason.startsWith("Drain"));
      if (fault == 0) {
        expected = found;
        events = said;
      }
      // a rollout that ended while no operator ran was seen by none; nothing is said that is not
      // so, and nothing twice
      assertThat(events)
          .as(
              "events after a death before write %d: %s",
              fault, scene.workers.operatorEventNotes("job"::equals))
          .containsAll(said);
      assertThat(said).hasSizeLessThanOrEqualTo(events.size()).contains(change.event());
      assertThat(found).as("after a death before write %d", fault).isEqualTo(expected);
      // how many pods a rollout ends is up to Kubernetes; each is told and counted once, and seen
      assertThat(verdicts(scene.workers))
          .as("verdicts after a death before write %d", fault)
          .isEqualTo(ends.isEmpty() ? Map.of() : Map.of("clean", ends.size()));
      if (fault > 0 && !died) {
        break;
      }
      faults += fault > 0 ? 1 : 0;
      assertThat(fault).as("the change ends").isLessThan(MOST_WRITES);
    }
    assertThat(faults).as("writes of this change").isGreaterThan(1);
    Proof.fact(
        Proof.Chapter.RECONCILE,
        "An operator that is killed between any two writes is continued by the next one.",
        change.name()
            + ": "
            + faults
            + " fault points, one before each write; the end state is that of an undisturbed run");
  }

  private static void prepare(Stage scene, Change change) {
    change.before().forEach(scene::apply);
    if (change.before().stream().anyMatch(yaml -> yaml.contains("MonolithWorker"))) {
      try (var _ = OperatorProcess.start(scene.kubeconfig, 0, scene.namespace)) {
        waitFor("prepared", () -> scene.workers.isReady("job"));
        scene.settle();
      }
    }
    change.apply().forEach(scene::apply);
  }

  /** Whether the first operator died; the change is done when this returns. */
  private static boolean runUntilDeadOrDone(Stage scene, Change change, int fault) {
    boolean died;
    try (var first = OperatorProcess.start(scene.kubeconfig, fault, scene.namespace)) {
      waitFor("dead or done", () -> !first.isAlive() || change.done().test(scene.workers));
      if (first.isAlive()) {
        scene.settle();
      }
      died = !first.isAlive();
      if (died) {
        assertThat(first.exitCode()).as(first.log()).isEqualTo(OperatorProcessMain.DIED);
      }
    }
    if (died) {
      try (var _ = OperatorProcess.start(scene.kubeconfig, 0, scene.namespace)) {
        waitFor("continued", () -> change.done().test(scene.workers));
        scene.settle();
      }
    }
    return died;
  }

  /** Pods of whose end an event tells, once for each event. */
  private static List<String> endedPods(Workers workers) {
    return workers.operatorEventNotes("job"::equals).stream()
        .filter(note -> note.startsWith("Pod "))
        .map(note -> note.split(" ", 3)[1])
        .toList();
  }

  /** Of the same pod none may count twice, and none may be forgotten. */
  private static Object verdicts(Workers workers) {
    return workers.status("job", "drains") instanceof Map<?, ?> drains
            && drains.get("totals") instanceof Map<?, ?> totals
        ? totals
        : Map.of();
  }

  /** What a user can see, without names and times that differ from run to run. */
  private static Map<String, String> summary(Workers workers) {
    var summary = new TreeMap<String, String>();
    var deployment = workers.deployment("job");
    summary.put("template", deployment.getSpec().getTemplate().toString());
    summary.put("replicas", String.valueOf(deployment.getSpec().getReplicas()));
    summary.put("owners", String.valueOf(deployment.getMetadata().getOwnerReferences().size()));
    summary.put("managers", workers.appliers("job").toString());
    summary.put("configMaps", workers.configMaps("job").toString());
    summary.put("conditions", workers.conditions("job").toString());
    return summary;
  }
}
