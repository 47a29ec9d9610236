package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.monolift.kube.RestartAccess;
import dev.monolift.proof.Proof;
import dev.monolift.restart.Outcome;
import dev.monolift.restart.RestartSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of workers that are restarted together: their turns, their failures, and the person. */
class RestartGroupsIT {
  private static final int GROUPS = 5;
  private static final int WORKERS = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private RestartStage stage;

  @BeforeEach
  void set() {
    stage = new RestartStage(folder);
  }

  @AfterEach
  void strike() {
    stage.close();
  }

  @Test
  void aFailureStopsTheGroupUntilAPersonClearsIt() throws JsonProcessingException {
    stage.worker("broken", "queue", stage.label(), 5);
    stage.worker("next", "queue");
    cronJob("broken", "17 2 * * *", false);
    cronJob("next", "5 3 * * *", true);
    assertThat(person("restart", "ls", "-n", stage.namespace).exitCode()).isZero();
    stage.forbidPods(stage.label());

    RestartRun.End broken = stage.run("broken", "queue", "job-1", 0, 3600);
    assertThat(broken.outcome()).isEqualTo(Outcome.Failed);
    assertThat(broken.sentence())
        .contains("did not become available within progressDeadlineSeconds");

    stage.allowPods(stage.label());
    RestartRun.End next = stage.run("next", "queue", "job-2", 0, 60);
    assertThat(next.outcome()).isEqualTo(Outcome.Stopped);
    assertThat(next.sentence()).contains("is stopped since").contains("because of worker broken");
    assertThat(stage.patches("next")).isEmpty();

    CommandRun list = person("restart", "ls", "-n", stage.namespace);
    assertThat(list.exitCode()).as(list.err()).isEqualTo(ExitCode.PROBLEM);
    assertThat(list.out().lines().toList().get(1))
        .contains(" 02:17 Asia/Tokyo", stage.namespace + "/broken", "queue", "Failed ");
    assertThat(list.out().lines().toList().get(2))
        .startsWith("suspended")
        .contains("/next", "Stopped ");
    String clear = "monolift restart clear queue -n " + stage.namespace;
    assertThat(list.out()).contains("Group " + stage.namespace + "/queue is stopped since ", clear);
    JsonNode json = JSON.readTree(person("restart", "ls", "-A", "-o", "json").out());
    assertThat(json.path("stoppedGroups"))
        .anySatisfy(group -> assertThat(group.path("clear").asText()).isEqualTo(clear));

    CommandRun cleared = person("restart", "clear", "queue", "-n", stage.namespace);
    assertThat(cleared.exitCode()).as(cleared.err()).isZero();
    assertThat(cleared.out()).contains("goes on with the next restart. Removed: worker broken, ");
    assertThat(person("restart", "clear", "queue", "-n", stage.namespace).out())
        .isEqualTo("Group " + stage.namespace + "/queue was not stopped.\n");
    CommandRun unknown = person("restart", "clear", "quue", "-n", stage.namespace);
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.PROBLEM);
    assertThat(unknown.err()).contains("there is no group quue in namespace " + stage.namespace);
    assertThat(stage.run("next", "queue", "job-3", 0, 300).outcome()).isEqualTo(Outcome.Restarted);
  }

  @Test
  void aRolloutThatOnlyTakesTooLongFailsInTime() {
    stage.worker("slow", "queue");
    stage.forbidPods(stage.label());

    RestartRun.End slow = stage.run("slow", "queue", "job-1", 0, 20);

    assertThat(slow.outcome()).isEqualTo(Outcome.Failed);
    assertThat(slow.sentence()).contains("was not complete by");
    assertThat(stage.run("slow", "queue", "job-2", 0, 20).outcome()).isEqualTo(Outcome.Stopped);
  }

  /** One group of five has a worker that does not come up; one has two slots. */
  @Test
  void fortyWorkersTakeTurns() throws InterruptedException, ExecutionException {
    String trap = "monolift.test/trap-" + stage.namespace;
    stage.allowPods(trap);
    Map<String, String> groupOf = createAll(trap);
    stage.forbidPods(trap);
    try (var witness = new RestartWitness(stage.client, stage.namespace)) {
      // the one that fails goes first, so that it has somebody to stop
      assertThat(run("g4-w0", "g4").outcome()).isEqualTo(Outcome.Failed);
      Map<String, RestartRun.End> ends = runAll(groupOf);

      for (int group = 0; group < GROUPS - 1; group++) {
        String prefix = "g" + group + "-";
        // the watch may be a moment behind
        await()
            .atMost(RestartStage.PATIENCE)
            .until(() -> isSeen(witness.restarts(name -> name.startsWith(prefix))));
        var restarts = witness.restarts(name -> name.startsWith(prefix));
        assertThat(restarts.order()).as(prefix).hasSize(WORKERS).doesNotHaveDuplicates();
        assertThat(restarts.most()).as(prefix).isLessThanOrEqualTo(slots("g" + group));
      }
      assertThat(witness.restarts(name -> name.startsWith("g4-")).order()).containsExactly("g4-w0");
      ends.forEach(
          (worker, end) ->
              assertThat(end.outcome())
                  .as(worker + ": " + end.sentence())
                  .isEqualTo(worker.startsWith("g4-") ? Outcome.Stopped : Outcome.Restarted));
    }
    groupOf.forEach(
        (worker, group) ->
            assertThat(stage.patches(worker).stream().filter(code -> code == 200).count())
                .as(worker)
                .isEqualTo(group.equals("g4") && !worker.equals("g4-w0") ? 0 : 1));
    Proof.fact(
        Proof.Chapter.WORKER,
        "Workers of a group are restarted in turns, and one that does not come up stops its group.",
        GROUPS * WORKERS + " workers in " + GROUPS + " groups at once, one of them broken");
  }

  private static boolean isSeen(RestartWitness.Restarts restarts) {
    return restarts.order().size() >= WORKERS && restarts.unfinished().isEmpty();
  }

  private Map<String, String> createAll(String trap)
      throws InterruptedException, ExecutionException {
    Map<String, String> groupOf = new LinkedHashMap<>();
    var created = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < GROUPS * WORKERS; i++) {
        String group = "g" + i / WORKERS;
        String name = group + "-w" + i % WORKERS;
        groupOf.put(name, group);
        boolean broken = name.equals("g4-w0");
        String label = broken ? trap : stage.label();
        created.add(threads.submit(() -> stage.worker(name, group, label, broken ? 5 : 600)));
      }
    }
    for (Future<?> one : created) {
      one.get();
    }
    return groupOf;
  }

  private Map<String, RestartRun.End> runAll(Map<String, String> groupOf)
      throws InterruptedException, ExecutionException {
    Map<String, Future<RestartRun.End>> runs = new LinkedHashMap<>();
    try (var pods = Executors.newVirtualThreadPerTaskExecutor()) {
      groupOf.forEach(
          (worker, group) -> {
            if (!worker.equals("g4-w0")) {
              runs.put(worker, pods.submit(() -> run(worker, group)));
            }
          });
    }
    Map<String, RestartRun.End> ends = new LinkedHashMap<>();
    for (var run : runs.entrySet()) {
      ends.put(run.getKey(), run.getValue().get());
    }
    return ends;
  }

  private static int slots(String group) {
    return group.equals("g3") ? 2 : 1;
  }

  private RestartRun.End run(String worker, String group) {
    RestartAccess access = stage.access(worker, group);
    return stage.run(
        worker,
        group,
        "job-" + worker,
        new RestartSettings.Rules(slots(group), Duration.ZERO, Duration.ofMinutes(8)),
        access);
  }

  private CommandRun person(String... arguments) {
    var environment = Map.of("KUBECONFIG", stage.cluster.kubeconfig().toString());
    try (var process = RunningCommand.start(folder, environment, arguments)) {
      return process.end();
    }
  }

  private void cronJob(String worker, String schedule, boolean suspend) {
    var arguments =
        new ArrayList<>(List.of("restart", "run", "--namespace", stage.namespace, "--worker"));
    arguments.addAll(List.of(worker, "--deployment", worker, "--group", "queue"));
    stage.apply(
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: %s-restart
          namespace: %s
          labels: {app.kubernetes.io/managed-by: monolift, monolift.dev/worker: %s}
        spec:
          schedule: "%s"
          timeZone: Asia/Tokyo
          suspend: %s
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                  - {name: restart, image: "example.test/monolift:1", args: [%s]}
        """
            .formatted(
                worker, stage.namespace, worker, schedule, suspend, String.join(", ", arguments)));
  }
}
