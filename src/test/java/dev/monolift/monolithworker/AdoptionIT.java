package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking over somebody else's Deployment on a real API server. */
class AdoptionIT {
  private final KubernetesClient client = TestCluster.shared().client();
  private String namespace = "";
  private LivePlanner live = new LivePlanner(client, namespace);

  @BeforeEach
  void ownNamespace() {
    namespace = TestCluster.shared().newNamespace("adoption");
    live = new LivePlanner(client, namespace);
  }

  /** A Deployment as {@code kubectl apply} or Helm made it: every default is theirs too. */
  private void foreignDeployment() {
    client
        .resource(
            GoldenCase.YAML.unmarshal(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: mail
                  namespace: %s
                  labels: {team: notification, app.kubernetes.io/instance: shop}
                spec:
                  replicas: 2
                  selector:
                    matchLabels: {app: mail}
                    matchExpressions: [{key: tier, operator: In, values: [worker, batch]}]
                  template:
                    metadata: {labels: {app: mail, tier: worker}}
                    spec:
                      serviceAccountName: old
                      containers:
                      - name: php
                        image: registry.example/shop:0
                        env: [{name: OLD, value: "1"}, {name: POD, value: x}]
                        livenessProbe: {tcpSocket: {port: 9000}}
                      - {name: gone, image: gone}
                """
                    .formatted(namespace),
                Deployment.class))
        .create();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void takingOverRemovesWhatIsNotWantedAndKeepsSelectorAndReplicas(boolean crash) {
    foreignDeployment();
    live.scale(7);
    MonolithWorker worker = live.worker("replicas: 1\nadopt: Take\nstrategy: {type: Recreate}");
    if (crash) {
      live.killedPass(worker);
    }

    live.pass(worker);

    Deployment taken = live.deployment(worker);
    var pods = taken.getSpec().getTemplate();
    assertThat(taken.getSpec().getReplicas()).isEqualTo(7);
    assertThat(Selectors.text(taken.getSpec().getSelector()))
        .isEqualTo("app=mail,tier in (batch,worker)");
    assertThat(pods.getMetadata().getLabels())
        .containsEntry("tier", "worker")
        .containsEntry("monolift.dev/worker", "mail");
    assertThat(pods.getSpec().getContainers())
        .extracting(container -> container.getName())
        .containsExactly("php", "logs");
    assertThat(pods.getSpec().getContainers().getFirst().getEnv())
        .extracting(variable -> variable.getName())
        .containsExactly("EMPTY", "POD", "LIMIT", "A");
    assertThat(pods.getSpec().getServiceAccount()).isEqualTo("mail");
    assertThat(taken.getMetadata().getLabels())
        .containsEntry("team", "notification")
        .doesNotContainKey("app.kubernetes.io/instance");
    assertThat(live.difference(worker)).isEmpty();
    assertThat(live.pass(worker).transfers()).isEmpty();
    assertThat(live.deployment(worker).getSpec()).isEqualTo(taken.getSpec());
  }

  @Test
  void aDryRunWritesNothing() {
    foreignDeployment();
    MonolithWorker worker = live.worker("adopt: DryRun");
    Deployment before = live.deployment(worker);

    var plan = live.pass(worker);

    assertThat(live.deployment(worker).getSpec()).isEqualTo(before.getSpec());
    assertThat(String.valueOf(plan.status().conditions()))
        .contains("spec.replicas: 2 -> 1")
        .contains("spec.template.spec.containers[gone]")
        .contains("env[OLD]")
        .doesNotContain("terminationMessagePath:")
        .doesNotContain("imagePullPolicy:");
  }
}
