package dev.monolift.drain;

import static dev.monolift.drain.DrainCases.COMMAND;
import static dev.monolift.drain.DrainCases.IMAGES_OWN;
import static dev.monolift.drain.DrainCases.NEW;
import static dev.monolift.drain.DrainCases.OLD;
import static dev.monolift.drain.DrainCases.YAML;
import static dev.monolift.drain.DrainCases.plan;
import static dev.monolift.drain.DrainCases.planSpec;
import static dev.monolift.drain.DrainCases.program;
import static dev.monolift.drain.DrainCases.request;
import static dev.monolift.drain.DrainCases.settings;
import static dev.monolift.drain.DrainCases.template;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainProgramStatus;
import io.fabric8.kubernetes.api.model.Container;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainEngineTest {
  @Test
  void aCommandIsWrappedAndItsArgumentsStay() {
    Container php = program(plan(COMMAND, "signal: QUIT, busyFile: /tmp/busy"));
    assertThat(php.getCommand())
        .containsExactly(
            ("/bin/sh /monolift/drain/drain.sh wrap --signal QUIT --grace 30 --report"
                    + " /dev/termination-log --busy-file /tmp/busy -- php worker.php")
                .split(" "));
    assertThat(php.getArgs()).containsExactly("$(QUEUE)");
    assertThat(php.getLifecycle()).isNull();
  }

  @Test
  void anImagesOwnEntrypointGetsAHookThatRunsTheUsersFirst() {
    Container php =
        program(
            plan(
                "{containers: [{name: php, image: shop, lifecycle: {preStop: {exec: {command: [/app/deregister, now]}}}}]}",
                ""));
    assertThat(php.getCommand()).isEmpty();
    assertThat(php.getLifecycle().getPreStop().getExec().getCommand())
        .endsWith("--", "/app/deregister", "now")
        .startsWith("/bin/sh", "/monolift/drain/drain.sh", "hook", "--signal", "TERM");
  }

  @Test
  void aProgramThatIsWrappedKnowsWhatTheUsersSleepTakesFromItsTime() {
    Container php =
        program(
            plan(
                "{containers: [{name: php, image: shop, command: [php], lifecycle: {preStop: {sleep: {seconds: 7}}}}]}",
                ""));
    assertThat(String.join(" ", php.getCommand())).contains(" --pre-stop-sleep 7 -- php");
    assertThat(php.getLifecycle().getPreStop().getSleep().getSeconds()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "'{containers: [{name: php, image: shop}]}', 'drain: {program: Wrap}', WrapNeedsCommand",
    "'{containers: [{name: php, image: shop, lifecycle: {preStop: {httpGet: {port: 80}}}}]}', 'drain: {program: Hook}', PreStopTaken",
    "'{containers: [{name: php, image: shop}]}', 'onExit: RestartInPlace', NeedsWrap",
    "'{containers: [{name: php, image: shop, command: [php]}]}', '{onExit: RestartInPlace, drain: {program: Hook}}', NeedsWrap",
    "'{containers: [{name: php, image: shop, command: [php]}]}', '{logs: {files: [/log/a]}, drain: {program: None}}', NeedsWrap",
  })
  void whatCannotBeCarriedOutIsAProblem(String pod, String spec, String reason) {
    var problem = requireNonNull(planSpec(template(pod), spec).problem());
    assertThat(problem.reason()).isEqualTo(reason);
  }

  @Test
  void aRequestBeforeTheStopLeavesAutoWithoutAProgram() {
    var result =
        plan(
            "{containers: [{name: php, image: shop, lifecycle: {preStop: {httpGet: {port: 80}}}}]}",
            "");
    assertThat(result.problem()).isNull();
    assertThat(result.status()).isNull();
    assertThat(result.configMap()).isNull();
  }

  @Test
  void noneLeavesThePodsAsTheyAre() {
    var template = template(COMMAND);
    var result = plan(template, "program: None");
    assertThat(result.template()).isEqualTo(template);
    assertThat(result.configMap()).isNull();
    assertThat(result.status()).isNull();
  }

  @Test
  void theScriptIsMountedReadOnlyFromAnImmutableConfigMap() {
    var result = plan(COMMAND, "");
    var map = requireNonNull(result.configMap());
    assertThat(map.getImmutable()).isTrue();
    assertThat(map.getData()).containsExactly(Map.entry("drain.sh", "echo new"));
    assertThat(map.getMetadata().getName()).isEqualTo("mail-drain-" + NEW.revision());
    var volume = result.template().getSpec().getVolumes().getFirst();
    assertThat(volume.getConfigMap().getName()).isEqualTo(map.getMetadata().getName());
    var mount = program(result).getVolumeMounts().getFirst();
    assertThat(mount.getName()).isEqualTo(volume.getName());
    assertThat(mount.getReadOnly()).isTrue();
  }

  @Test
  void namesThatTheUserHasTakenAreLeftAlone() {
    var result =
        plan(
            """
            volumes: [{name: monolift-drain, emptyDir: {}}]
            containers:
              - {name: php, image: shop, command: [php], volumeMounts: [{name: monolift-drain, mountPath: /monolift/}]}
            """,
            "");
    assertThat(result.template().getSpec().getVolumes())
        .extracting("name")
        .containsExactly("monolift-drain", "monolift-drain-2");
    assertThat(program(result).getCommand()).contains("/monolift-2/drain/drain.sh");
  }

  @Test
  void logFoldersOfAReadOnlyContainerBecomeEmptyDirs() {
    var result =
        planSpec(
            template(
                """
                volumes: [{name: data, emptyDir: {}}]
                containers:
                  - name: php
                    image: shop
                    command: [php]
                    securityContext: {readOnlyRootFilesystem: true}
                    volumeMounts: [{name: data, mountPath: /data}]
                """),
            "{logs: {files: [/var/log/app/*.log, /var/log/app/sub/x.log, /data/x/y.log, /srv/log-?/a.log]}}");
    assertThat(program(result).getVolumeMounts())
        .extracting("mountPath")
        .containsExactly("/data", "/monolift/drain", "/srv", "/var/log/app");
    assertThat(program(result).getCommand())
        .containsSequence("--log", "/var/log/app/*.log", "--log", "/var/log/app/sub/x.log");
  }

  @Test
  void restartInPlaceSaysItsRules() {
    var result =
        planSpec(template(COMMAND), "{onExit: RestartInPlace, inPlaceRestart: {startSeconds: 9}}");
    assertThat(program(result).getCommand())
        .containsSequence(
            "--on-exit", "RestartInPlace", "--start-seconds", "9", "--start-retries", "3", "--");
  }

  @Test
  void aNewOperatorLeavesTheRevisionUntilTheTemplateChanges() {
    var before = new DrainEngine(OLD).plan(request(template(COMMAND), "", null));
    assertThat(before.pendingUpgrade()).isNull();

    var same = new DrainEngine(NEW).plan(request(template(COMMAND), "", before.status()));
    assertThat(same.template()).isEqualTo(before.template());
    assertThat(same.status()).isEqualTo(before.status());
    assertThat(same.configMap()).as("whose text only the cluster has").isNull();
    assertThat(same.pendingUpgrade()).isEqualTo(NEW.revision());

    var changed =
        new DrainEngine(NEW)
            .plan(request(template(COMMAND.replace("shop", "shop:2")), "", before.status()));
    assertThat(requireNonNull(changed.status()).revision()).isEqualTo(NEW.revision());
    assertThat(changed.pendingUpgrade()).isNull();
    assertThat(
            new DrainEngine(NEW)
                .plan(request(template(COMMAND), "busyFile: /tmp/b", before.status()))
                .pendingUpgrade())
        .as("a change of spec.drain is a change of the template too")
        .isNull();
  }

  @Test
  void aNewOperatorLeavesTheRevisionUntilTheNextRestart() {
    var before = new DrainEngine(OLD).plan(restarted("2026-01-01T00:00:00Z", null)).status();
    var same = new DrainEngine(NEW).plan(restarted("2026-01-01T00:00:00Z", before));
    assertThat(same.pendingUpgrade()).isEqualTo(NEW.revision());
    assertThat(same.status()).isEqualTo(before);
    var next = new DrainEngine(NEW).plan(restarted("2026-01-02T00:00:00Z", before));
    assertThat(next.pendingUpgrade()).isNull();
    assertThat(requireNonNull(next.status()).revision()).isEqualTo(NEW.revision());
  }

  private static DrainRequest restarted(String at, @Nullable DrainProgramStatus before) {
    var never = request(template(COMMAND), "", before);
    return new DrainRequest(
        never.owner(),
        never.template(),
        never.container(),
        never.settings(),
        before,
        never.configMaps(),
        at);
  }

  @Test
  void aRevisionWhoseConfigMapIsGoneIsNotKept() {
    var before = new DrainEngine(OLD).plan(request(template(COMMAND), "", null)).status();
    var request =
        new DrainRequest("mail", template(COMMAND), "php", settings(""), before, Set.of());
    assertThat(new DrainEngine(NEW).plan(request).pendingUpgrade()).isNull();
    assertThat(new DrainEngine(NEW).plan(request).configMap()).isNotNull();
  }

  @Test
  void nothingInTheRequestIsChanged() {
    var template = template(IMAGES_OWN);
    var copy = YAML.clone(template);
    plan(template, "longestJobSeconds: 900");
    assertThat(template).isEqualTo(copy);
  }
}
