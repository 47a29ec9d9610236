package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.Plan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What running pods were started with stays until none of them is left. */
class OwnConfigMapsTest {
  private static MonolithWorker worker(String host) {
    return GoldenCase.YAML.unmarshal(
        """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: mail, namespace: shop, uid: 5a9c3c5e-0001, generation: 1}
        spec:
          replicas: 2
          drain: {program: None}
          dns:
            endpoints:
              - {phpIni: session.save_path, value: 'tcp://HOST:6379', host: HOST, client: redis}
          template:
            spec:
              containers: [{name: php, image: 'php:8.3-cli'}]
        """
            .replace("HOST", host),
        MonolithWorker.class);
  }

  private static Plan<MonolithWorkerStatus> plan(
      MonolithWorker worker, @Nullable Deployment live, List<ConfigMap> own) {
    var seen = new MonolithWorkerObservation(live, null, own, List.of());
    return new MonolithWorkerPlanner(ClusterDns.DEFAULT, LivePlanner.PROGRAM)
        .plan(worker, seen, MonolithWorkerPlannerTest.NOW);
  }

  private static ConfigMap configMap(Plan<MonolithWorkerStatus> plan) {
    return (ConfigMap) plan.apply().getFirst();
  }

  private static Deployment live(Plan<MonolithWorkerStatus> plan, int updated, int all) {
    return new DeploymentBuilder((Deployment) plan.apply().getLast())
        .editMetadata()
        .withGeneration(1L)
        .endMetadata()
        .withNewStatus()
        .withObservedGeneration(1L)
        .withReplicas(all)
        .withUpdatedReplicas(updated)
        .withAvailableReplicas(2)
        .endStatus()
        .build();
  }

  @Test
  void theOldOneStaysUnchangedUntilTheRolloutIsComplete() {
    var nothing = MonolithWorkerObservation.NOTHING;
    var planner = new MonolithWorkerPlanner(ClusterDns.DEFAULT, LivePlanner.PROGRAM);
    var before = planner.plan(worker("db.corp.example"), nothing, MonolithWorkerPlannerTest.NOW);
    ConfigMap old = configMap(before);

    var wrong = worker("wrong.corp.example");
    var change = plan(wrong, live(before, 2, 2), List.of(old));
    ConfigMap changed = configMap(change);
    assertThat(changed.getMetadata().getName()).isNotEqualTo(old.getMetadata().getName());
    assertThat(change.apply()).hasSize(2).doesNotContain(old);
    assertThat(change.delete()).isEmpty();

    var both = List.of(old, changed);
    // the operator died between the ConfigMap and the Deployment
    var again = plan(wrong, live(before, 2, 2), both);
    assertThat(again.apply()).isEqualTo(change.apply());
    assertThat(again.delete()).isEmpty();
    // the new pod does not start
    var stalled = plan(wrong, live(change, 1, 3), both);
    assertThat(stalled.apply()).hasSize(2).doesNotContain(old);
    assertThat(stalled.delete()).isEmpty();
    // taken back while it stalls
    var takenBack = plan(worker("db.corp.example"), live(change, 1, 3), both);
    assertThat(takenBack.apply()).contains(old).doesNotContain(changed);
    assertThat(takenBack.delete()).isEmpty();

    var complete = plan(wrong, live(change, 2, 2), both);
    assertThat(complete.delete()).containsExactly(ObjectRef.of(old));
  }

  @Test
  void anEarlierDrainProgramStaysWhileAReplicaSetNamesIt() {
    var worker = worker("db.corp.example");
    var wrapped =
        GoldenCase.YAML.unmarshal(
            GoldenCase.YAML.asYaml(worker).replace("program: \"None\"", "program: \"Hook\""),
            MonolithWorker.class);
    var plan = plan(wrapped, null, List.of());
    var program = (ConfigMap) plan.apply().get(plan.apply().size() - 2);
    ConfigMap earlier =
        new ConfigMapBuilder(program)
            .editMetadata()
            .withName("mail-drain-1-earlier")
            .endMetadata()
            .build();
    var set =
        GoldenCase.YAML.unmarshal(
            """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: mail-1}
            spec: {template: {spec: {volumes: [{name: drain, configMap: {name: mail-drain-1-earlier}}]}}}
            """,
            ReplicaSet.class);
    var rolledOut = live(plan, 2, 2);
    assertThat(delete(wrapped, rolledOut, List.of(program, earlier), List.of(set))).isEmpty();
    assertThat(delete(wrapped, rolledOut, List.of(program, earlier), List.of()))
        .containsExactly(ObjectRef.of(earlier));
  }

  private static List<ObjectRef> delete(
      MonolithWorker worker, Deployment live, List<ConfigMap> own, List<ReplicaSet> sets) {
    var seen =
        new MonolithWorkerObservation(live, null, own, List.of(), List.of(), List.of(), sets);
    return new MonolithWorkerPlanner(ClusterDns.DEFAULT, LivePlanner.PROGRAM)
        .plan(worker, seen, MonolithWorkerPlannerTest.NOW)
        .delete();
  }
}
