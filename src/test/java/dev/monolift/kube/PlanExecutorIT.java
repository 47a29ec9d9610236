package dev.monolift.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.monolift.metrics.OperatorMeters;
import dev.monolift.plan.Labels;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.OwnershipTransfer;
import dev.monolift.plan.Plan;
import dev.monolift.plan.PlannedEvent;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The executor and the caches by themselves, on a real API server. */
class PlanExecutorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KubernetesClient client = TestCluster.shared().client();
  private final String namespace = TestCluster.shared().newNamespace("executor");
  private final AtomicBoolean leads = new AtomicBoolean(true);
  private final OperatorMeters meters = new OperatorMeters(new SimpleMeterRegistry());
  private final ClusterWriter writer = new ClusterWriter(client, meters, leads::get);
  private final ChildInformers children =
      new ChildInformers(client, List.of(ConfigMap.class), Set.of(namespace), leads::get);
  private final PlanExecutor executor =
      new PlanExecutor(
          children, writer, new GateKeeper(children, writer, meters, InstantSource.system()));

  @BeforeEach
  void start() {
    children.start();
  }

  @AfterEach
  void stop() {
    children.close();
  }

  @Test
  void whatWasWrittenIsReadAtOnceAndWhatIsDeletedIsGone() {
    execute(List.of(), List.of(configMap("a", "1"), configMap("b", "1")), List.of());

    assertThat(cached("a")).containsEntry("key", "1");
    assertThat(children.cached(ConfigMap.class, namespace, Labels.WORKER, "w")).hasSize(2);
    execute(List.of(), List.of(configMap("a", "2")), List.of(ref("b")));
    assertThat(cached("a")).containsEntry("key", "2");
    await()
        .atMost(PATIENCE)
        .until(() -> children.cached(ConfigMap.class, namespace, "b").isEmpty());
    assertThat(children.cached(ConfigMap.class, namespace, Labels.WORKER, "w")).hasSize(1);
  }

  @Test
  void whatIsNotOursIsNotCached() {
    var foreign =
        new ConfigMapBuilder(configMap("foreign", "1"))
            .editMetadata()
            .removeFromLabels(Labels.MANAGED_BY)
            .endMetadata()
            .build();
    client.resource(foreign).create();
    execute(List.of(), List.of(configMap("ours", "1")), List.of());

    // the watch has seen everything up to ours, which came later
    await()
        .atMost(PATIENCE)
        .until(() -> children.cached(ConfigMap.class, namespace, "ours").isPresent());
    assertThat(children.cached(ConfigMap.class, namespace, "foreign")).isEmpty();
    assertThat(children.live(ConfigMap.class, namespace, "foreign")).isPresent();
    assertThat(children.live(ConfigMap.class, namespace, "nobody")).isEmpty();
  }

  @Test
  void aDeletionHitsExactlyTheObjectThatWasMeant() {
    execute(List.of(), List.of(configMap("a", "1")), List.of());
    var real = ref("a");
    var another =
        new ObjectRef(real.apiVersion(), real.kind(), namespace, "a", "00000000-not-this-one");

    execute(List.of(), List.of(), List.of(another));
    assertThat(live("a").get()).isNotNull();
    execute(List.of(), List.of(), List.of(real));
    assertThat(live("a").get()).isNull();
    execute(List.of(), List.of(), List.of(real));
  }

  @Test
  void fieldsThatAreTakenOverAreRemovedWhenTheyAreNotWanted() {
    var foreign = configMap("a", "1");
    foreign.setData(Map.of("key", "1", "old", "x"));
    client
        .resource(foreign)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("helm")
                .build());
    var seen = live("a").get();
    var ours =
        new ManagedFieldsEntryBuilder(seen.getMetadata().getManagedFields().getFirst())
            .withManager(Labels.MONOLIFT)
            .build();
    var transfer =
        new OwnershipTransfer(
            ObjectRef.of(seen), seen.getMetadata().getResourceVersion(), List.of(ours));
    var stale = new OwnershipTransfer(ObjectRef.of(seen), "1", List.of(ours));

    assertThatThrownBy(() -> execute(List.of(stale), List.of(), List.of()))
        .isInstanceOf(WriteFailure.class);
    execute(List.of(transfer), List.of(configMap("a", "1")), List.of());

    assertThat(live("a").get().getData()).containsOnlyKeys("key");
    assertThat(live("a").get().getMetadata().getManagedFields())
        .extracting("manager")
        .containsExactly(Labels.MONOLIFT);
  }

  @Test
  void whoDoesNotLeadWritesNothing() {
    leads.set(false);

    assertThatThrownBy(() -> execute(List.of(), List.of(configMap("a", "1")), List.of()))
        .isInstanceOf(NotLeading.class);
    assertThat(live("a").get()).isNull();
  }

  @Test
  void anEventThatIsRecordedAgainIsTheSameEvent() {
    execute(List.of(), List.of(configMap("a", "1")), List.of());
    var regarding = live("a").get();
    var clock = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678Z"));
    var events = new EventRecorder(writer, clock, "instance");
    var event = new PlannedEvent(PlannedEvent.Type.Normal, "Created", "It is there.", "1");

    events.record(regarding, List.of(event, event));
    events.record(regarding, List.of(event));
    assertThat(recorded()).containsExactly("Created");

    var again = new PlannedEvent(PlannedEvent.Type.Normal, "Created", "It is there.", "2");
    events.record(regarding, List.of(again));
    assertThat(recorded()).containsExactly("Created", "Created");
  }

  @Test
  void anOccurrenceThatIsToldOnceKeepsItsFirstWords() {
    execute(List.of(), List.of(configMap("a", "1")), List.of());
    var regarding = live("a").get();
    var events = new EventRecorder(writer, InstantSource.system(), "instance");

    events.record(regarding, List.of(end("DrainUnknown", "Pod p ended.", "end of pod p")));
    events.record(
        regarding, List.of(end("DrainClean", "Pod p ended by a rollout.", "end of pod p")));
    assertThat(recorded()).containsExactly("DrainUnknown");

    events.record(regarding, List.of(end("DrainUnknown", "Pod p ended.", "end of pod q")));
    assertThat(recorded()).containsExactly("DrainUnknown", "DrainUnknown");
  }

  private static PlannedEvent end(String reason, String message, String occurrence) {
    return new PlannedEvent(PlannedEvent.Type.Normal, reason, message, occurrence, true);
  }

  private List<String> recorded() {
    return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(e -> "a".equals(e.getRegarding().getName()))
        .map(e -> e.getReason())
        .toList();
  }

  private void execute(
      List<OwnershipTransfer> transfers, List<HasMetadata> apply, List<ObjectRef> delete) {
    executor.execute(
        new Plan<>(transfers, apply, delete, "status", List.of(), Duration.ofMinutes(1)),
        executor.reader());
  }

  private Map<String, String> cached(String name) {
    return children.cached(ConfigMap.class, namespace, name).orElseThrow().getData();
  }

  private Resource<ConfigMap> live(String name) {
    return client.configMaps().inNamespace(namespace).withName(name);
  }

  private ObjectRef ref(String name) {
    return ObjectRef.of(live(name).get());
  }

  private ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .addToLabels(Labels.MANAGED_BY, Labels.MONOLIFT)
        .addToLabels(Labels.WORKER, "w")
        .endMetadata()
        .withData(Map.of("key", value))
        .build();
  }
}
