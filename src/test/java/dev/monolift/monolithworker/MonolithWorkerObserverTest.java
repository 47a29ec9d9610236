package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.kube.ClusterReader;
import dev.monolift.plan.Deleted;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read live, because that is what costs the API server. */
class MonolithWorkerObserverTest {
  private final FakeReader reader = new FakeReader();
  private final MonolithWorkerObserver observer = new MonolithWorkerObserver(reader);

  @Test
  void theSteadyStateReadsNothingLive() {
    reader.cached.add(deployment("ours", "mail"));

    var seen = observer.observe(worker(""));

    assertThat(seen.deployment()).isNotNull();
    assertThat(reader.liveReads).isEmpty();
  }

  @Test
  void aDeploymentThatTheCacheLacksIsReadOnce() {
    reader.live.add(deployment("", "mail"));

    var seen = observer.observe(worker(""));

    assertThat(seen.deployment()).isNotNull();
    assertThat(seen.livingOwner()).isNull();
    assertThat(reader.liveReads).containsExactly("Deployment mail");
  }

  @Test
  void theWorkerThatADeploymentBelongsToIsLookedUp() {
    reader.cached.add(deployment("theirs", "sms"));
    var sms = new RawMonolithWorker();
    sms.getMetadata().setName("sms");
    sms.getMetadata().setUid("theirs");
    reader.live.add(sms);

    assertThat(observer.observe(worker("")).livingOwner()).isEqualTo("sms");

    sms.getMetadata().setUid("another one of that name");
    assertThat(observer.observe(worker("")).livingOwner()).isNull();
  }

  @Test
  void eachConfigMapOfFileEndpointsIsReadOnce() {
    reader.cached.add(deployment("ours", "mail"));
    reader.live.add(
        new ConfigMapBuilder().withNewMetadata().withName("shop-env").endMetadata().build());

    var seen =
        observer.observe(
            worker(
                """
                dns:
                  endpoints:
                  - {host: a, client: mysql, file: {configMap: shop-env, path: .env, key: A}}
                  - {host: b, client: mysql, file: {configMap: shop-env, path: .env, key: B}}
                  - {host: c, client: mysql, file: {configMap: gone, path: .env, key: C}}
                  - {host: d, client: mysql, env: D}
                """));

    assertThat(seen.userConfigMaps()).hasSize(1);
    assertThat(reader.liveReads).containsExactly("ConfigMap gone", "ConfigMap shop-env");
  }

  @Test
  void nobodyAsksWhyAPodRuns() {
    reader.cached.add(deployment("ours", "mail"));
    reader.cached.add(pod("a", null, "Running"));
    reader.live.add(new ReplicaSet());

    var seen = observer.observe(worker(""));

    assertThat(seen.pods()).hasSize(1);
    assertThat(seen.replicaSets()).isEmpty();
    assertThat(reader.liveReads).isEmpty();
  }

  @Test
  void theReplicaSetsAreReadWhenAPodEndsOrIsGone() {
    reader.cached.add(deployment("ours", "mail"));
    reader.live.add(new ReplicaSet());

    reader.cached.add(pod("a", "2026-03-04T05:06:07Z", "Running"));
    assertThat(observer.observe(worker("")).replicaSets()).hasSize(1);
    reader.cached.removeLast();
    reader.cached.add(pod("a", null, "Failed"));
    assertThat(observer.observe(worker("")).replicaSets()).hasSize(1);
    reader.cached.removeLast();
    reader.deleted.add(pod("a", null, "Running"));
    assertThat(observer.observe(worker("")).replicaSets()).hasSize(1);

    assertThat(reader.liveReads).hasSize(3).containsOnly("ReplicaSets of mail");
  }

  @Test
  void aPodWhoseVerdictIsCountedAsksForNothing() {
    reader.cached.add(deployment("ours", "mail"));
    reader.cached.add(pod("a", "2026-03-04T05:06:07Z", "Failed"));
    reader.deleted.add(pod("b", "2026-03-04T05:06:07Z", "Failed"));

    var worker =
        GoldenCase.YAML.unmarshal(
            """
            metadata: {name: mail, namespace: shop, uid: ours}
            spec: {template: {spec: {containers: [{name: php}]}}}
            status: {drains: {counted: [a, b]}}
            """,
            MonolithWorker.class);
    var seen = observer.observe(worker);

    assertThat(seen.replicaSets()).isEmpty();
    assertThat(reader.liveReads).isEmpty();
  }

  @Test
  void aPodThatGoesWhileItIsLookedAtIsSeenOnce() {
    reader.cached.add(deployment("ours", "mail"));
    reader.cached.add(pod("a", null, "Running"));
    reader.deleted.add(pod("a", null, "Running"));

    var seen = observer.observe(worker(""));

    assertThat(seen.pods()).isEmpty();
    assertThat(seen.deletedPods()).hasSize(1);
  }

  private static Pod pod(String name, @Nullable String deleted, String phase) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withUid(name)
        .withDeletionTimestamp(deleted)
        .addToLabels(Labels.WORKER, "mail")
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }

  private static MonolithWorker worker(String dns) {
    return GoldenCase.YAML.unmarshal(
        """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: mail, namespace: shop, uid: ours}
        spec:
          template: {spec: {containers: [{name: php}]}}
        """
            + dns.indent(2),
        MonolithWorker.class);
  }

  private static Deployment deployment(String ownerUid, String worker) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("mail")
        .addToLabels(Labels.WORKER, worker)
        .addToAnnotations(Labels.OWNER_UID, ownerUid.isEmpty() ? null : ownerUid)
        .endMetadata()
        .build();
  }

  private static final class FakeReader implements ClusterReader {
    final List<HasMetadata> cached = new ArrayList<>();
    final List<HasMetadata> live = new ArrayList<>();
    final List<HasMetadata> deleted = new ArrayList<>();
    final List<String> liveReads = new ArrayList<>();

    @Override
    public <T extends HasMetadata> Optional<T> cached(
        Class<T> type, String namespace, String name) {
      return named(cached, type, name).findFirst();
    }

    @Override
    public <T extends HasMetadata> List<T> cached(
        Class<T> type, String namespace, String label, String value) {
      return cached.stream()
          .filter(type::isInstance)
          .map(type::cast)
          .filter(o -> Objects.equals(value, o.getMetadata().getLabels().get(label)))
          .toList();
    }

    @Override
    public <T extends HasMetadata> Optional<T> live(Class<T> type, String namespace, String name) {
      liveReads.add(type.getSimpleName() + " " + name);
      return named(live, type, name).findFirst();
    }

    @Override
    public <T extends HasMetadata> List<T> liveList(
        Class<T> type, String namespace, String label, String value) {
      liveReads.add(type.getSimpleName() + "s of " + value);
      return live.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public <T extends HasMetadata> List<Deleted<T>> deleted(
        Class<T> type, String namespace, String label, String value) {
      return deleted.stream()
          .filter(type::isInstance)
          .map(object -> new Deleted<>(type.cast(object), true, true))
          .toList();
    }

    private static <T extends HasMetadata> Stream<T> named(
        List<HasMetadata> objects, Class<T> type, String name) {
      return objects.stream()
          .filter(type::isInstance)
          .map(type::cast)
          .filter(o -> name.equals(o.getMetadata().getName()));
    }
  }
}
