package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the real ServiceAccount of a daily restart may do, with its real token, the shipped rights
 * and the shipped admission policy.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartRightsIT {
  private static final String POLICY =
      "may change nothing of a Deployment but the annotation kubectl.kubernetes.io/restartedAt of its"
          + " pod template";

  private final Stage stage = Stage.set();
  private final AccountTokens tokens = new AccountTokens(stage);
  private KubernetesClient account;

  @BeforeAll
  void start() throws IOException {
    stage.apply(Files.readString(Path.of("operator/kustomize/restart-policy.yaml")));
    for (String name : List.of("mail", "sms")) {
      stage.workers.create(
          Workers.minimal(name)
              .replaceFirst(
                  "spec:\n",
                  "spec:\n  restart: {window: {start: '02:00', end: '04:00'}, timeZone: Etc/UTC, minAgeSeconds: 0}\n"));
    }
    try (var _ = OperatorProcess.start(stage.kubeconfig, 0, stage.namespace)) {
      waitFor(
          "scheduled",
          () ->
              List.of("mail", "sms").stream()
                  .allMatch(
                      name ->
                          "True"
                                  .equals(
                                      stage
                                          .workers
                                          .condition(name, "RestartScheduled")
                                          .get("status"))
                              && stage.workers.isReady(name)));
    }
    // nobody puts right what the tests try
    account = tokens.client("mail-monolift-restart");
    waitFor(
        "the policy is known to the API server",
        () -> refused(merge("mail", RestartPatches.label())).contains(POLICY));
  }

  @AfterAll
  void stop() {
    account.close();
  }

  private Runnable merge(String deployment, String patch) {
    return () ->
        account
            .apps()
            .deployments()
            .inNamespace(stage.namespace)
            .withName(deployment)
            .patch(context(PatchType.JSON_MERGE), patch);
  }

  private static PatchContext context(PatchType type) {
    return new PatchContext.Builder()
        .withPatchType(type)
        .withFieldManager("monolift-restart")
        .build();
  }

  /** The API server's words; empty when it did it. */
  private static String refused(Runnable request) {
    try {
      request.run();
      return "";
    } catch (KubernetesClientException e) {
      return e.getCode() + " " + e.getMessage();
    }
  }

  @Test
  void itRestartsItsDeploymentAndKeepsItsLease() {
    assertThat(refused(merge("mail", RestartPatches.restartedAt("\"2026-03-03T03:03:03Z\""))))
        .isEmpty();
    assertThat(refused(merge("mail", RestartPatches.restartedAt("\"2026-03-04T03:03:03Z\""))))
        .isEmpty();
    assertThat(
            refused(
                () ->
                    account
                        .apps()
                        .deployments()
                        .inNamespace(stage.namespace)
                        .withName("mail")
                        .patch(
                            new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("monolift-restart")
                                .withForce(true)
                                .build(),
                            "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"mail\"},"
                                + RestartPatches.restartedAt("\"2026-03-05T03:03:03Z\"")
                                    .substring(1))))
        .isEmpty();
    assertThat(
            stage.workers.deployment("mail").getSpec().getTemplate().getMetadata().getAnnotations())
        .containsEntry("kubectl.kubernetes.io/restartedAt", "2026-03-05T03:03:03Z");
    var lease =
        account.leases().inNamespace(stage.namespace).withName("monolift-restart-mail").get();
    account
        .resource(
            new LeaseBuilder(lease)
                .editMetadata()
                .addToAnnotations("monolift.dev/restarts", "{}")
                .endMetadata()
                .build())
        .update();
  }

  @Test
  void whatTheCronJobSaysRestartsTheWorkerOnce(@TempDir Path folder) throws Exception {
    var job =
        stage
            .cluster
            .client()
            .batch()
            .v1()
            .cronjobs()
            .inNamespace(stage.namespace)
            .withName("sms-restart")
            .get()
            .getSpec()
            .getJobTemplate()
            .getSpec();
    var arguments = job.getTemplate().getSpec().getContainers().getFirst().getArgs();

    assertThat(run(folder, arguments, "job-1")).startsWith("0 ").contains("Restarted");
    String at = smsRestartedAt();
    assertThat(Instant.parse(at)).isBefore(Instant.now());

    assertThat(run(folder, arguments, "job-1")).as("a retried pod").startsWith("0 ");
    assertThat(smsRestartedAt()).isEqualTo(at);

    assertThat(run(folder, arguments, "job-2")).as("another night").startsWith("0 ");
    assertThat(Instant.parse(smsRestartedAt())).isAfter(Instant.parse(at));
  }

  private String smsRestartedAt() {
    return Objects.requireNonNull(
        stage
            .workers
            .deployment("sms")
            .getSpec()
            .getTemplate()
            .getMetadata()
            .getAnnotations()
            .get("kubectl.kubernetes.io/restartedAt"));
  }

  /** Exit code and output of the program in the pod, with its account's token. */
  private String run(Path folder, List<String> arguments, String job) throws Exception {
    Path kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(
        kubeconfig,
        Files.readString(stage.kubeconfig)
            .replaceFirst(
                "token: \"[^\"]*\"", "token: \"" + tokens.token("sms-monolift-restart") + "\""));
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.monolift.OperatorMain");
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("MONOLIFT_JOB_UID", job);
    builder.environment().put("MONOLIFT_JOB", job);
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() + " " + output;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void thePolicyLeavesItNothingElse() {
    var allowed = new ArrayList<String>();
    List<String> patches = RestartPatches.forbidden();
    for (String patch : patches) {
      String answer = refused(merge("mail", patch));
      if (!answer.contains(POLICY) || !answer.startsWith("422")) {
        allowed.add(patch + ": " + answer);
      }
    }
    assertThat(allowed).as("what it could do, or was told nothing about").isEmpty();
    Proof.fact(
        Proof.Chapter.WORKER,
        "The account of a daily restart can change one annotation of one Deployment, and nothing else.",
        patches.size() + " other patches with its real token: all refused by the admission policy");
  }

  @Test
  void theAnnotationCannotBeTakenAway() {
    assertThat(refused(merge("mail", RestartPatches.restartedAt("\"2026-03-03T03:03:03Z\""))))
        .isEmpty();
    assertThat(refused(merge("mail", RestartPatches.restartedAt("null")))).contains(POLICY);
  }

  @Test
  void itsRoleEndsAtItsOwnDeploymentAndLease() {
    String namespace = stage.namespace;
    var apps = account.apps().deployments();
    List<Runnable> tries =
        List.of(
            () -> account.pods().inNamespace(namespace).list(),
            () -> account.pods().inNamespace(namespace).withName("x").get(),
            () -> apps.inNamespace(namespace).list(),
            () -> apps.inNamespace(namespace).withName("sms").get(),
            merge("sms", RestartPatches.restartedAt("\"2026-03-03T03:03:03Z\"")),
            () -> apps.inNamespace("default").withName("mail").get(),
            () -> apps.inNamespace(namespace).withName("mail").delete(),
            () -> apps.inNamespace(namespace).withName("mail").scale(0),
            () -> account.leases().inNamespace(namespace).list(),
            () -> account.leases().inNamespace(namespace).withName("monolift-restart-sms").get(),
            () ->
                account.leases().inNamespace(namespace).withName("monolift-restart-mail").delete(),
            () -> account.secrets().inNamespace(namespace).list(),
            () -> account.batch().v1().jobs().inNamespace(namespace).list(),
            () ->
                account
                    .batch()
                    .v1()
                    .cronjobs()
                    .inNamespace(namespace)
                    .withName("mail-restart")
                    .get());
    assertThat(tries).allSatisfy(request -> assertThat(refused(request)).startsWith("403"));
    var foreign =
        stage
            .cluster
            .client()
            .leases()
            .inNamespace(namespace)
            .withName("monolift-restart-sms")
            .get();
    assertThat(refused(() -> account.resource(foreign).update())).startsWith("403");
  }

  @Test
  void theApiServerUnderstandsEveryExpression() {
    waitFor(
        "checked",
        () ->
            stage
                .kubectl("get", "validatingadmissionpolicy", "monolift-restart", "-o", "yaml")
                .contains("observedGeneration"));
    assertThat(stage.kubectl("get", "validatingadmissionpolicy", "monolift-restart", "-o", "yaml"))
        .doesNotContain("expressionWarnings");
  }

  @Test
  void nobodyElseIsConcerned() {
    stage.kubectl("label", "deployment", "sms", "who=admin");
    stage.kubectl("set", "image", "deployment/sms", "php=example.test/php:2");
    stage.kubectl("scale", "deployment/sms", "--replicas=2");
    stage.kubectl("rollout", "restart", "deployment/sms");
    stage.kubectl("annotate", "deployment", "sms", "who=admin");
    assertThat(stage.workers.image("sms")).isEqualTo("example.test/php:2");
  }
}
