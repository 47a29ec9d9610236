package dev.monolift.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.testcluster.TestCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everyday kubectl commands on our resources. */
final class KubectlIT {
  private static final String WORKER =
      """
      apiVersion: monolift.dev/v1alpha1
      kind: MonolithWorker
      metadata:
        name: mail
      spec:
        template:
          spec:
            containers:
              - name: php
                image: registry.example/shop:1.4
                env:
                  - name: QUEUE
                    value: mail
      """;

  private static final String STATUS =
      """
      {"status": {"replicas": 3, "updatedReplicas": 1, "readyReplicas": 2, "selector": "monolift.dev/worker=mail",
        "conditions": [{"type": "Ready", "status": "False", "reason": "RollingOut", "message": "1 of 3 pods is new",
          "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
      """;

  private final Kubectl kubectl =
      new Kubectl(TestCluster.shared(), TestCluster.shared().newNamespace("kubectl"));

  @BeforeAll
  static void install() {
    new Kubectl(TestCluster.shared(), "default").installCrds();
  }

  @BeforeEach
  void applyWorker() {
    kubectl.apply(WORKER).orFail();
  }

  @Test
  void aWorkerHasOneReplicaByDefault() {
    assertThat(get(".spec.replicas")).isEqualTo("1");
  }

  @Test
  void labelsOfTheTemplateAreKept() {
    kubectl
        .run(
            "patch",
            "mw/mail",
            "--type=merge",
            "-p",
            "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"app\":\"mail\"}}}}}")
        .orFail();
    assertThat(get(".spec.template.metadata.labels.app")).isEqualTo("mail");
  }

  @Test
  void scaleReadsAndWritesTheReplicas() {
    kubectl.run("scale", "monolithworker", "mail", "--replicas=4").orFail();
    assertThat(get(".spec.replicas")).isEqualTo("4");
    kubectl.run("patch", "mw/mail", "--subresource=status", "--type=merge", "-p", STATUS).orFail();
    String scale =
        kubectl
            .run(
                "get",
                "mw/mail",
                "--subresource=scale",
                "-o",
                "jsonpath={.status.replicas} {.status.selector}")
            .orFail();
    assertThat(scale).isEqualTo("3 monolift.dev/worker=mail");
  }

  @Test
  void getShowsTheColumns() {
    kubectl.run("patch", "mw/mail", "--subresource=status", "--type=merge", "-p", STATUS).orFail();
    assertThat(kubectl.run("get", "mw").orFail().lines())
        .satisfiesExactly(
            line ->
                assertThat(line).matches("NAME +DESIRED +UP-TO-DATE +READY +STATUS +DRAINS +AGE"),
            line -> assertThat(line).matches("mail +1 +1 +2 +RollingOut +\\d+s"));
    assertThat(kubectl.run("get", "monolift", "-o", "wide").orFail().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("NAME +DESIRED +UP-TO-DATE +READY +STATUS +DRAINS +MESSAGE +AGE"),
            line ->
                assertThat(line).matches("mail +1 +1 +2 +RollingOut +1 of 3 pods is new +\\d+s"));
  }

  @Test
  void explainShowsOurTexts() {
    assertThat(kubectl.run("explain", "monolithworker").orFail())
        .contains("One queue worker program");
    assertThat(kubectl.run("explain", "mw.spec.dns.endpoints").orFail())
        .contains(
            "Settings of the program that hold the name of a remote host", "client", "-required-")
        .containsPattern("The client library that reads the setting");
    assertThat(kubectl.run("explain", "mw.spec.template.spec.containers.env.valueFrom").orFail())
        .contains("secretKeyRef");
  }

  @Test
  void anotherManagersVariableSurvivesAServerSideApply() {
    serverSideApply("gitops", WORKER);
    serverSideApply(
        "sidecar-injector",
        WORKER.replace("QUEUE", "TRACE").replace("image: registry.example/shop:1.4", ""));
    serverSideApply("gitops", WORKER.replace("value: mail", "value: sms"));
    assertThat(get(".spec.template.spec.containers[0].env"))
        .isEqualTo(
            "[{\"name\":\"QUEUE\",\"value\":\"sms\"},{\"name\":\"TRACE\",\"value\":\"mail\"}]");
  }

  private void serverSideApply(String manager, String yaml) {
    kubectl
        .apply(yaml, "--server-side", "--force-conflicts", "--field-manager=" + manager)
        .orFail();
  }

  private String get(String path) {
    return kubectl.run("get", "mw/mail", "-o", "jsonpath={" + path + "}").orFail();
  }
}
