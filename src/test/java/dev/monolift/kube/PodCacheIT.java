package dev.monolift.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.metrics.OperatorMeters;
import dev.monolift.plan.Deleted;
import dev.monolift.plan.FinalizerRelease;
import dev.monolift.plan.Labels;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.Plan;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The pods of a worker in the cache, and what becomes of them when they go; on a real API server.
 * The pods have a scheduling gate: nobody but the test changes them.
 */
class PodCacheIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KubernetesClient client = TestCluster.shared().client();
  private final String namespace = TestCluster.shared().newNamespace("pods");
  private final AtomicBoolean leads = new AtomicBoolean(true);
  private final ChildInformers children =
      new ChildInformers(client, List.of(Pod.class), Set.of(namespace), leads::get);
  private final OperatorMeters meters = new OperatorMeters(new SimpleMeterRegistry());
  private final ClusterWriter writer = new ClusterWriter(client, meters, () -> true);
  private final PlanExecutor executor =
      new PlanExecutor(children, writer, new GateKeeper(children, writer, meters, Instant::now));

  @BeforeEach
  void start() {
    children.start();
  }

  @AfterEach
  void stop() {
    live().forEach(this::letGo);
    children.close();
  }

  private void letGo(Pod pod) {
    named(pod.getMetadata().getName())
        .edit(p -> new PodBuilder(p).editMetadata().withFinalizers().endMetadata().build());
  }

  @Test
  void aPodIsCachedWithoutWhatNoPassReads() {
    create("mail", "a");
    create("", "foreign");
    create("mail", "b");

    await().atMost(PATIENCE).until(() -> there().size() == 2);
    assertThat(there()).extracting(pod -> pod.getMetadata().getName()).containsExactly("a", "b");
    assertThat(there().getFirst().getMetadata().getManagedFields()).isEmpty();
    assertThat(there().getFirst().getSpec().getContainers().getFirst().getImage()).isNull();
  }

  @Test
  void howAPodEndedIsShownUntilAPassHasWrittenIt() {
    create("mail", "a");
    terminate("a", 7);
    named("a").delete();
    await().atMost(PATIENCE).until(() -> gone(executor.reader()).size() == 1);
    assertThat(there()).isEmpty();

    // a pass that fails before its status is written
    assertThat(gone(executor.reader())).hasSize(1);
    var pass = executor.reader();
    assertThat(gone(pass))
        .singleElement()
        .satisfies(
            deleted -> {
              assertThat(deleted.isFinal()).isTrue();
              assertThat(deleted.whileLeading()).isTrue();
              assertThat(exitCode(deleted.last())).isEqualTo(7);
              assertThat(deleted.last().getMetadata().getManagedFields()).isEmpty();
            });
    pass.settled();

    assertThat(gone(executor.reader())).isEmpty();
  }

  @Test
  void whatAPassHasNotSeenItDoesNotSettle() {
    create("mail", "a");
    var pass = executor.reader();
    assertThat(gone(pass)).isEmpty();
    leads.set(false);
    named("a").delete();
    await().atMost(PATIENCE).until(() -> gone(executor.reader()).size() == 1);

    pass.settled();

    assertThat(gone(executor.reader()))
        .singleElement()
        .satisfies(deleted -> assertThat(deleted.whileLeading()).isFalse());
  }

  @Test
  void noMomentShowsAPodNeitherThereNorGone() {
    int count = 40;
    IntStream.range(0, count).forEach(i -> create("mail", "p" + i));
    await().atMost(PATIENCE).until(() -> there().size() == count);

    var deletion =
        Thread.ofVirtual()
            .start(() -> IntStream.range(0, count).forEach(i -> named("p" + i).delete()));
    var missed = new ArrayList<Integer>();
    var seen = new AtomicBoolean();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (int i = 0; i < 1000; i++) {
                var reader = executor.reader();
                var names = names(there(reader).stream());
                names.addAll(names(gone(reader).stream().map(Deleted::last)));
                if (names.stream().distinct().count() != count) {
                  missed.add(names.size());
                }
                seen.compareAndSet(false, !there(reader).isEmpty() && !gone(reader).isEmpty());
              }
              return there().isEmpty();
            });

    assertThat(deletion.isAlive() && there().isEmpty()).isFalse();
    assertThat(missed).isEmpty();
    assertThat(seen).as("the reader ran while pods went").isTrue();
  }

  @Test
  void aReleaseRemovesItsFinalizerAndNothingElse() {
    create("mail", "a", "example.test/other", Labels.DRAIN_VERDICT);
    await().atMost(PATIENCE).until(() -> there().size() == 1);
    Pod pod = there().getFirst();
    var another =
        new ObjectRef("v1", "Pod", namespace, "a", "00000000-0000-0000-0000-000000000000");

    release(another);
    assertThat(finalizers()).hasSize(2);
    release(ObjectRef.of(pod));
    assertThat(finalizers()).containsExactly("example.test/other");
    release(ObjectRef.of(pod));
    assertThat(finalizers()).containsExactly("example.test/other");
  }

  @Test
  void aReleaseFindsTheFinalizerWhereItIsNow() {
    create("mail", "a", "example.test/other", Labels.DRAIN_VERDICT);
    await().atMost(PATIENCE).until(() -> there().size() == 1);
    var pass = executor.reader();
    Pod seen = there(pass).getFirst();
    named("a")
        .edit(
            p ->
                new PodBuilder(p)
                    .editMetadata()
                    .withFinalizers(Labels.DRAIN_VERDICT, "example.test/new")
                    .endMetadata()
                    .build());

    executor.release(plan(ObjectRef.of(seen)), pass);

    assertThat(finalizers()).containsExactly("example.test/new");
  }

  @Test
  void whatIsReleasedGoesAndIsShownAsGone() {
    create("mail", "a", Labels.DRAIN_VERDICT);
    named("a").delete();
    await()
        .atMost(PATIENCE)
        .until(
            () -> there().stream().anyMatch(p -> p.getMetadata().getDeletionTimestamp() != null));
    var ref = ObjectRef.of(there().getFirst());

    release(ref);

    await().atMost(PATIENCE).until(() -> gone(executor.reader()).size() == 1);
    assertThat(live()).isEmpty();
    release(ref);
  }

  private void release(ObjectRef pod) {
    executor.release(plan(pod), executor.reader());
  }

  private static Plan<String> plan(ObjectRef pod) {
    return new Plan<>(
        List.of(),
        List.<HasMetadata>of(),
        List.of(),
        "status",
        List.of(),
        List.of(new FinalizerRelease(pod, Labels.DRAIN_VERDICT)),
        List.of(),
        Duration.ofMinutes(1));
  }

  private List<Pod> there() {
    return there(children);
  }

  private List<Pod> there(ClusterReader reader) {
    return reader.cached(Pod.class, namespace, Labels.WORKER, "mail");
  }

  private List<Deleted<Pod>> gone(ClusterReader reader) {
    return reader.deleted(Pod.class, namespace, Labels.WORKER, "mail");
  }

  private static List<String> names(Stream<Pod> pods) {
    return new ArrayList<>(pods.map(pod -> pod.getMetadata().getName()).toList());
  }

  private static Integer exitCode(Pod pod) {
    return pod.getStatus()
        .getContainerStatuses()
        .getFirst()
        .getState()
        .getTerminated()
        .getExitCode();
  }

  private List<Pod> live() {
    return client.pods().inNamespace(namespace).list().getItems();
  }

  private List<String> finalizers() {
    return named("a").get().getMetadata().getFinalizers();
  }

  private PodResource named(String name) {
    return client.pods().inNamespace(namespace).withName(name);
  }

  private void create(String worker, String name, String... finalizers) {
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withFinalizers(finalizers)
                .addToLabels(worker.isEmpty() ? "app" : Labels.WORKER, worker)
                .endMetadata()
                .withNewSpec()
                .addNewSchedulingGate("example.test/stay")
                .addNewContainer()
                .withName("php")
                .withImage("example.test/php:1")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private void terminate(String name, int exitCode) {
    named(name)
        .editStatus(
            pod ->
                new PodBuilder(pod)
                    .editStatus()
                    .addNewContainerStatus()
                    .withName("php")
                    .withImage("example.test/php:1")
                    .withImageID("")
                    .withReady(false)
                    .withRestartCount(0)
                    .withState(
                        new ContainerStateBuilder()
                            .withNewTerminated()
                            .withExitCode(exitCode)
                            .endTerminated()
                            .build())
                    .endContainerStatus()
                    .endStatus()
                    .build());
  }
}
