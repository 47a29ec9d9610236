package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.kube.GroupLeases;
import dev.monolift.kube.RestartAccess;
import dev.monolift.kube.RestartRefused;
import dev.monolift.restart.GroupRecord;
import dev.monolift.restart.Outcome;
import dev.monolift.restart.RecordJson;
import dev.monolift.restart.RestartNames;
import dev.monolift.restart.RestartSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code monolift restart run} on a real API server, with a real token of its account. */
class RestartRunIT {
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
  void restartsOnceByHandAndWaits() {
    stage.worker("mail", "queue");
    List<String> before = pods("mail");
    try (RunningCommand process = start("mail", "job-1")) {
      CommandRun run = process.end();

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.out())
          .contains("Restarted: Deployment " + stage.namespace + "/mail was restarted at ");
    }
    assertThat(RestartWitness.isComplete(stage.deployment("mail"))).isTrue();
    assertThat(pods("mail")).doesNotContainAnyElementsOf(before);
    String at = stage.restartedAt("mail");
    assertThat(Instant.parse(at)).isBefore(Instant.now());
    assertThat(stage.deployment("mail").getMetadata().getManagedFields())
        .anySatisfy(
            entry -> {
              assertThat(entry.getManager()).isEqualTo(RestartNames.FIELD_MANAGER);
              assertThat(entry.getFieldsV1().toString()).contains(RestartNames.RESTARTED_AT);
            });
    assertThat(record("queue").holders()).isEmpty();
    assertThat(record("queue").result("mail").orElseThrow().outcome()).isEqualTo(Outcome.Restarted);

    // a further pod of the same Job
    RestartRun.End again = stage.run("mail", "queue", "job-1", 0, 60);
    assertThat(again.outcome()).isEqualTo(Outcome.Restarted);
    assertThat(stage.restartedAt("mail")).isEqualTo(at);
    assertThat(stage.patches("mail")).containsExactly(200);
  }

  @Test
  void aKilledPodIsFollowedByOneThatWaits() {
    stage.worker("mail", "queue");
    stage.forbidPods(stage.label());
    try (RunningCommand first = start("mail", "job-1")) {
      await().atMost(RestartStage.PATIENCE).until(() -> stage.restartedAt("mail") != null);
      first.terminate();
      assertThat(first.end().exitCode()).isEqualTo(143);
    }
    String at = stage.restartedAt("mail");
    assertThat(record("queue").holder("job-1").orElseThrow().since()).isEqualTo(Instant.parse(at));
    try (RunningCommand second = start("mail", "job-1")) {
      await().atMost(RestartStage.PATIENCE).until(() -> second.out().contains("Waiting"));
      second.kill();
      assertThat(second.end().exitCode()).isEqualTo(137);
    }
    stage.allowPods(stage.label());
    try (RunningCommand third = start("mail", "job-1")) {
      CommandRun run = third.end();

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("was restarted at " + at);
    }
    assertThat(stage.restartedAt("mail")).isEqualTo(at);
    assertThat(stage.patches("mail")).containsExactly(200);
  }

  @Test
  void skipsWhatIsYoungOrRollingOut() {
    stage.worker("young", "queue");
    stage.worker("rolling", "queue");
    RestartRun.End young = stage.run("young", "queue", "job-1", 43_200, 60);
    assertThat(young.outcome()).isEqualTo(Outcome.Skipped);
    assertThat(young.sentence()).contains("/young was rolled out at ").contains("12 h old");

    stage.forbidPods(stage.label());
    edit(
        "rolling",
        d ->
            d.editSpec()
                .editTemplate()
                .editMetadata()
                .addToAnnotations("example.test/build", "2")
                .endMetadata()
                .endTemplate()
                .endSpec());
    RestartRun.End rolling = stage.run("rolling", "queue", "job-2", 0, 60);
    assertThat(rolling.outcome()).isEqualTo(Outcome.Skipped);
    assertThat(rolling.sentence()).contains("while its rollout is not complete");

    edit("young", d -> d.editSpec().withPaused(true).endSpec());
    assertThat(stage.run("young", "queue", "job-3", 0, 60).sentence()).contains("is paused");
    edit("young", d -> d.editSpec().withPaused(false).withReplicas(0).endSpec());
    assertThat(stage.run("young", "queue", "job-4", 0, 60).sentence()).contains("has no pods");
    stage.client.resource(stage.deployment("young")).delete();
    await()
        .atMost(RestartStage.PATIENCE)
        .until(() -> stage.access("young", "queue").deployment().isEmpty());
    assertThat(stage.run("young", "queue", "job-5", 0, 60).sentence()).contains("does not exist");
    assertThat(stage.patches("young")).isEmpty();
    assertThat(stage.patches("rolling")).isEmpty();
    assertThat(record("queue").failure()).isNull();
  }

  @Test
  void looksAgainWhenTheDeploymentChangesUnderIt() {
    stage.worker("mail", "queue");
    var once = new AtomicBoolean();
    RestartAccess real = stage.access("mail", "queue");
    RestartAccess disturbed =
        new RestartAccess() {
          @Override
          public Optional<Lease> lease() {
            return real.lease();
          }

          @Override
          public Optional<Deployment> deployment() {
            return real.deployment();
          }

          @Override
          public boolean write(Lease seen, GroupRecord record) {
            return real.write(seen, record);
          }

          @Override
          public boolean restart(Deployment seen, Instant since) {
            if (!once.getAndSet(true)) {
              edit("mail", d -> d.editMetadata().addToAnnotations("a", "b").endMetadata());
            }
            return real.restart(seen, since);
          }
        };

    RestartRun.End end = stage.run("mail", "queue", "job-1", rules(0, 120), disturbed);

    assertThat(end.outcome()).as(end.sentence()).isEqualTo(Outcome.Restarted);
    assertThat(stage.patches("mail")).containsExactly(409, 200);
  }

  @Test
  void saysWhatIsMissing() {
    stage.worker("mail", "queue");
    stage.client.resource(stage.lease("queue")).delete();
    RestartRun.End noLease = stage.run("mail", "queue", "job-1", 0, 60);
    assertThat(noLease.outcome()).isEqualTo(Outcome.Failed);
    assertThat(noLease.sentence())
        .contains("There is no Lease " + stage.namespace + "/monolift-restart-queue");

    stage.worker("push", "queue");
    stage
        .client
        .rbac()
        .roles()
        .inNamespace(stage.namespace)
        .withName(RestartNames.account("push"))
        .edit(
            role -> {
              role.getRules().getFirst().setVerbs(List.of("get"));
              return role;
            });
    RestartAccess access = stage.access("push", "queue");
    await()
        .atMost(RestartStage.PATIENCE)
        .until(
            () -> {
              try {
                access.restart(stage.deployment("push"), Instant.EPOCH);
                return false;
              } catch (RestartRefused e) {
                return true;
              }
            });
    RestartRun.End forbidden = stage.run("push", "queue", "job-3", rules(0, 60), access);
    assertThat(forbidden.outcome()).isEqualTo(Outcome.Failed);
    assertThat(forbidden.sentence())
        .contains("does not let this Job restart Deployment " + stage.namespace + "/push")
        .contains("cannot patch resource");
    assertThat(record("queue").failure()).as("nothing was changed").isNull();
    assertThat(record("queue").holders()).isEmpty();
  }

  @Test
  void aRecordThatCannotBeReadStopsEverything() {
    stage.worker("mail", "queue");
    HasMetadata lease = stage.lease("queue");
    lease.getMetadata().getAnnotations().put(RecordJson.ANNOTATION, "{\"format\":1,\"holders\":7}");
    stage.client.resource(lease).update();

    RestartRun.End end = stage.run("mail", "queue", "job-1", 0, 60);

    assertThat(end.outcome()).isEqualTo(Outcome.Failed);
    assertThat(end.sentence())
        .contains("cannot be read (holders is no list)")
        .contains("monolift restart clear queue -n " + stage.namespace);
    assertThat(stage.patches("mail")).isEmpty();
  }

  private RunningCommand start(String worker, String job) {
    return RunningCommand.start(
        folder,
        stage.environment(worker, job),
        "restart",
        "run",
        "--namespace",
        stage.namespace,
        "--worker",
        worker,
        "--deployment",
        worker,
        "--group",
        "queue",
        "--max-concurrent",
        "1",
        "--min-age",
        "0",
        "--timeout",
        "600");
  }

  private static RestartSettings.Rules rules(int minAge, int timeout) {
    return new RestartSettings.Rules(1, Duration.ofSeconds(minAge), Duration.ofSeconds(timeout));
  }

  private void edit(String name, UnaryOperator<DeploymentBuilder> change) {
    stage
        .client
        .apps()
        .deployments()
        .inNamespace(stage.namespace)
        .withName(name)
        .edit(d -> change.apply(new DeploymentBuilder(d)).build());
  }

  private GroupRecord record(String group) {
    try {
      return GroupLeases.record(stage.lease(group));
    } catch (RecordJson.Corrupt e) {
      throw new AssertionError(e);
    }
  }

  private List<String> pods(String worker) {
    return stage
        .client
        .pods()
        .inNamespace(stage.namespace)
        .withLabel("app", worker)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }
}
