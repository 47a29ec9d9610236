package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.plan.PlannedEvent;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the planner believes of server-side apply, tried on a real API server. Workers have
 * deletionPolicy Orphan, because none of them exists there.
 */
class FieldOwnershipIT {
  private static final String TEMPLATE =
      """
      metadata:
        labels: {app: mail, empty: ""}
        annotations: {example.com/note: kept}
      spec:
        hostNetwork: false
        securityContext: {}
        nodeSelector: {pool: ""}
        serviceAccountName: mail
        tolerations: [{key: a, operator: Exists, value: ""}]
        topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {}}
        dnsConfig: {options: [{name: ndots, value: "2"}]}
        volumes:
        - {name: tmp, emptyDir: {sizeLimit: 1024Mi}}
        - {name: conf, configMap: {name: conf, items: [{key: a, path: a}]}}
        - name: all
          projected:
            sources:
            - {serviceAccountToken: {path: token}}
            - {downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}}
        initContainers:
        - {name: warm, image: php:8.2, tty: false}
        containers:
        - name: php
          image: registry.example/shop:1
          command: [php, worker.php]
          ports: [{containerPort: 9000}, {containerPort: 9001, protocol: UDP, name: stats}]
          env:
          - {name: EMPTY, value: ""}
          - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
          - {name: LIMIT, valueFrom: {resourceFieldRef: {resource: limits.memory}}}
          - {name: A, value: "1"}
          resources:
            requests: {cpu: "0.5", memory: 1000000Ki, ephemeral-storage: "1e9"}
            limits: {memory: 1.5Gi, cpu: "2000m"}
          livenessProbe: {httpGet: {port: 9000}, initialDelaySeconds: 0}
          startupProbe: {exec: {command: ["true"]}, failureThreshold: 0}
          volumeMounts:
          - {name: tmp, mountPath: /tmp, readOnly: false, subPath: ""}
          - {name: conf, mountPath: /conf}
          securityContext: {runAsNonRoot: false, allowPrivilegeEscalation: false}
          resizePolicy: []
        - {name: logs, image: "busybox:1.36", stdin: false}
      """;

  private final KubernetesClient client = TestCluster.shared().client();
  private String namespace = "";
  private LivePlanner live = new LivePlanner(client, namespace);

  @BeforeEach
  void ownNamespace() {
    namespace = TestCluster.shared().newNamespace("ownership");
    live = new LivePlanner(client, namespace);
  }

  private MonolithWorker worker(String spec) {
    return GoldenCase.YAML.unmarshal(
        """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: mail, namespace: %s, uid: 1-2-3, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z"}
        spec:
          deletionPolicy: Orphan
          dns: {ndots: 2}
          template:
        %s%s"""
            .formatted(namespace, TEMPLATE.indent(4), spec.indent(2)),
        MonolithWorker.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicas: 3",
        "replicas: 0\nminReadySeconds: 0\nrevisionHistoryLimit: 0",
        "replicas: 1\nstrategy: {type: Recreate}",
        "replicas: 1\nstrategy: {rollingUpdate: {maxSurge: 0}}\nminReadySeconds: 5"
      })
  void whatWasAppliedIsNoDifference(String spec) {
    MonolithWorker worker = worker(spec);
    live.pass(worker);
    Deployment before = live.deployment(worker);

    assertThat(live.difference(worker)).isEmpty();
    var again = live.pass(worker);

    assertThat(again.transfers()).isEmpty();
    Deployment after = live.deployment(worker);
    assertThat(after.getMetadata().getGeneration()).isEqualTo(before.getMetadata().getGeneration());
    assertThat(after.getSpec()).isEqualTo(before.getSpec());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'spec':{'replicas':9}}",
        "{'spec':{'strategy':{'rollingUpdate':{'maxUnavailable':'100%'}}}}",
        "{'spec':{'strategy':{'type':'Recreate','rollingUpdate':null}}}",
        "{'spec':{'minReadySeconds':30}}",
        "{'spec':{'progressDeadlineSeconds':77}}",
        "{'spec':{'revisionHistoryLimit':1}}",
        "{'spec':{'template':{'spec':{'dnsPolicy':'Default'}}}}",
        "{'spec':{'template':{'spec':{'dnsConfig':{'options':[{'name':'ndots','value':'5'}]}}}}}",
        "{'spec':{'template':{'spec':{'containers':[{'name':'php','image':'evil:1'}]}}}}",
        "{'spec':{'template':{'spec':{'containers':[{'name':'php','env':[{'name':'A','value':'2'}]}]}}}}",
        "{'spec':{'template':{'metadata':{'annotations':{'example.com/note':'gone'}}}}}",
        "{'metadata':{'labels':{'monolift.dev/worker':'other'}}}"
      })
  void anEditOfAPromisedFieldIsReverted(String patch) {
    MonolithWorker worker = worker("replicas: 3");
    live.pass(worker);
    Deployment before = live.deployment(worker);

    live.edit("kubectl-edit", patch.replace('\'', '"'));
    var reverting = live.pass(worker);
    live.pass(worker);

    assertThat(reverting.events()).extracting(PlannedEvent::reason).contains("ForeignEditReverted");
    assertThat(live.deployment(worker).getSpec()).isEqualTo(before.getSpec());
    assertThat(live.deployment(worker).getMetadata().getLabels())
        .isEqualTo(before.getMetadata().getLabels());
    assertThat(live.difference(worker)).isEmpty();
  }

  @Test
  void recreateSurvivesAForeignRollingUpdate() {
    MonolithWorker worker = worker("strategy: {type: Recreate}");
    live.pass(worker);

    live.edit(
        "kubectl-edit",
        "{\"spec\":{\"strategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":3}}}}");
    live.pass(worker);

    var strategy = live.deployment(worker).getSpec().getStrategy();
    assertThat(strategy.getType()).isEqualTo("Recreate");
    assertThat(strategy.getRollingUpdate()).isNull();
  }

  @Test
  void aRemovedServiceAccountIsGone() {
    MonolithWorker worker = worker("replicas: 1");
    live.pass(worker);
    worker.getSpec().template().getSpec().setServiceAccountName(null);

    live.pass(worker);

    var pods = live.deployment(worker).getSpec().getTemplate().getSpec();
    assertThat(pods.getServiceAccountName()).isNull();
    assertThat(pods.getServiceAccount()).isNull();
    assertThat(live.difference(worker)).isEmpty();
  }

  @Test
  void anAutoscalersNumberIsNeverReplacedByOne() {
    MonolithWorker worker = worker("replicas: 3");
    live.pass(worker);
    live.scale(7);

    assertThat(live.pass(worker).status().replicasManagedBy()).isNotNull();
    assertThat(live.deployment(worker).getSpec().getReplicas()).isEqualTo(7);

    worker.getSpec().template().getSpec().getContainers().getFirst().setImage("shop:2");
    live.pass(worker);
    live.scale(8);
    live.pass(worker);
    assertThat(live.deployment(worker).getSpec().getReplicas()).isEqualTo(8);

    var wanted = worker("replicas: 4");
    wanted.setStatus(worker.getStatus());
    assertThat(live.pass(wanted).status().replicasManagedBy()).isNull();
    assertThat(live.deployment(wanted).getSpec().getReplicas()).isEqualTo(4);
    assertThat(live.pass(wanted).status().replicasManagedBy()).isNull();
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
    MonolithWorker worker = worker("replicas: 1\nadopt: Take\nstrategy: {type: Recreate}");
    if (crash) {
      live.plan(worker).transfers().forEach(live::transfer);
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
    MonolithWorker worker = worker("adopt: DryRun");
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

  /** The trap: leaving out a field that only we own. The precondition is what prevents it. */
  @Test
  void aPlanFromAStaleDeploymentIsRefused() {
    MonolithWorker worker = worker("replicas: 3");
    live.pass(worker);
    live.scale(7);
    worker.getSpec().template().getSpec().getContainers().getFirst().setImage("shop:2");
    var stale = live.plan(worker);

    // meanwhile the user takes the replicas back
    live.pass(worker("replicas: 5"));
    worker.getMetadata().setGeneration(2L);

    assertThatThrownBy(() -> client.resource(stale.apply().getLast()).patch(LivePlanner.APPLY))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("Conflict");
  }
}
