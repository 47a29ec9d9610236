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

/** What the planner believes of server-side apply, tried on a real API server. */
class FieldOwnershipIT {
  private final KubernetesClient client = TestCluster.shared().client();
  private String namespace = "";
  private LivePlanner live = new LivePlanner(client, namespace);

  @BeforeEach
  void ownNamespace() {
    namespace = TestCluster.shared().newNamespace("ownership");
    live = new LivePlanner(client, namespace);
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
    MonolithWorker worker = live.worker(spec);
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
    MonolithWorker worker = live.worker("replicas: 3");
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
    MonolithWorker worker = live.worker("strategy: {type: Recreate}");
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
    MonolithWorker worker = live.worker("replicas: 1");
    live.pass(worker);
    worker.getSpec().template().getSpec().setServiceAccountName(null);

    live.pass(worker);

    var pods = live.deployment(worker).getSpec().getTemplate().getSpec();
    assertThat(pods.getServiceAccountName()).isNull();
    assertThat(pods.getServiceAccount()).isNull();
    assertThat(live.difference(worker)).isEmpty();
  }

  /** What {@code kubectl set serviceaccount} does; the template says nothing of it. */
  @Test
  void aServiceAccountThatSomebodyAddsStaysWithoutAWriteInEveryPass() {
    MonolithWorker worker = live.worker("replicas: 1");
    worker.getSpec().template().getSpec().setServiceAccountName(null);
    live.pass(worker);

    live.edit(
        "kubectl-set", "{\"spec\":{\"template\":{\"spec\":{\"serviceAccountName\":\"other\"}}}}");
    String edited = specVersion(worker);
    var first = live.pass(worker);
    var second = live.pass(worker);

    assertThat(first.transfers()).isEmpty();
    assertThat(second.transfers()).isEmpty();
    assertThat(live.difference(worker)).isEmpty();
    assertThat(specVersion(worker)).isEqualTo(edited);
    assertThat(live.deployment(worker).getSpec().getTemplate().getSpec().getServiceAccountName())
        .isEqualTo("other");
  }

  /** The generation moves with every write that changes the spec. */
  private String specVersion(MonolithWorker worker) {
    Deployment now = live.deployment(worker);
    return now.getMetadata().getGeneration() + " " + now.getSpec();
  }

  @Test
  void anotherAppliersStrategyIsRevertedWithWhatTheServerFilledIn() {
    MonolithWorker worker = live.worker("strategy: {type: Recreate}");
    live.pass(worker);

    live.apply("argocd", "spec: {strategy: {type: RollingUpdate}}");
    live.pass(worker);

    var strategy = live.deployment(worker).getSpec().getStrategy();
    assertThat(strategy.getType()).isEqualTo("Recreate");
    assertThat(strategy.getRollingUpdate()).isNull();
    assertThat(live.pass(worker).transfers()).isEmpty();
  }

  @Test
  void anAutoscalersNumberIsNeverReplacedByOne() {
    MonolithWorker worker = live.worker("replicas: 3");
    live.pass(worker);
    live.scale(7);

    assertThat(live.pass(worker).status().replicasManagedBy()).isNotNull();
    assertThat(live.deployment(worker).getSpec().getReplicas()).isEqualTo(7);

    worker.getSpec().template().getSpec().getContainers().getFirst().setImage("shop:2");
    live.pass(worker);
    live.scale(8);
    live.pass(worker);
    assertThat(live.deployment(worker).getSpec().getReplicas()).isEqualTo(8);

    var wanted = live.worker("replicas: 4");
    wanted.setStatus(worker.getStatus());
    assertThat(live.pass(wanted).status().replicasManagedBy()).isNull();
    assertThat(live.deployment(wanted).getSpec().getReplicas()).isEqualTo(4);
    assertThat(live.pass(wanted).status().replicasManagedBy()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl", "k9s", "node-fetch"})
  void aPersonsNumberIsReverted(String manager) {
    MonolithWorker worker = live.worker("replicas: 3");
    live.pass(worker);
    live.scale(manager, 7);

    var reverting = live.pass(worker);

    assertThat(reverting.status().replicasManagedBy()).isNull();
    assertThat(reverting.events())
        .extracting(PlannedEvent::message)
        .anyMatch(m -> m.contains("set by " + manager + ". To scale, use"));
    assertThat(live.deployment(worker).getSpec().getReplicas()).isEqualTo(3);
  }

  /** The trap: leaving out a field that only we own. The precondition is what prevents it. */
  @Test
  void aPlanFromAStaleDeploymentIsRefused() {
    MonolithWorker worker = live.worker("replicas: 3");
    live.pass(worker);
    live.scale(7);
    live.pass(worker);
    worker.getSpec().template().getSpec().getContainers().getFirst().setImage("shop:2");
    var stale = live.plan(worker);

    var takenBack = live.worker("replicas: 5");
    takenBack.setStatus(worker.getStatus());
    live.pass(takenBack);

    assertThatThrownBy(() -> client.resource(stale.apply().getLast()).patch(LivePlanner.APPLY))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(live.deployment(worker).getSpec().getReplicas()).isEqualTo(5);
  }
}
