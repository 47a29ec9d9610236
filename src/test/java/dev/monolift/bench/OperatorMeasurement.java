package dev.monolift.bench;

import dev.monolift.OperatorOptions;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The measurements of one operator on one fresh control plane, in their order. */
final class OperatorMeasurement {
  private static final Duration CALM = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration LAST_PASS = Duration.ofSeconds(4);
  private static final Duration LONGEST_RESTART = Duration.ofMinutes(10);

  private final Scene scene;
  private final int workers;

  OperatorMeasurement(Scene scene, int workers) {
    this.scene = scene;
    this.workers = workers;
  }

  /** Memory of an operator that has nothing to do. */
  double noObject(MeasuredOperator operator) throws InterruptedException {
    operator.awaitReady();
    Thread.sleep(CALM);
    return operator.use().rssMiB();
  }

  Figures.Creation creation(MeasuredOperator operator) throws InterruptedException {
    long position = scene.trail().position();
    ProcessUse before = operator.use();
    Scene.forEach(
        workers,
        OperatorOptions.DEFAULT_WORKERS,
        i -> scene.client().resource(CompleteWorker.of(i, scene.namespace())).create());
    scene.awaitQuiet(() -> !operator.isAlive());
    double cpu = operator.use().cpuSince(before);
    scene.requireAllReady(workers);
    List<Call> calls = scene.operatorCalls(position);
    List<Call> writes = Call.writes(calls);
    List<Call> children = writes.stream().filter(Call::isOfChild).toList();
    List<Call> statuses = writes.stream().filter(Call::isStatus).toList();
    List<Call> all = scene.trail().in(position, scene.namespace());
    Instant start = Call.first(all).orElseThrow();
    return new Figures.Creation(
        Call.secondsTo(children, start),
        Call.secondsTo(firstOfEach(statuses), start),
        Call.secondsTo(Call.steps(all), start),
        cpu,
        operator.passes(),
        children.size(),
        statuses.size(),
        (int) writes.stream().filter(call -> call.resource().equals("events")).count(),
        Call.counts(writes),
        Call.counts(Call.reads(calls)));
  }

  private static List<Call> firstOfEach(List<Call> statuses) {
    Map<String, Call> first = new HashMap<>();
    statuses.forEach(call -> first.putIfAbsent(call.name(), call));
    return List.copyOf(first.values());
  }

  /** A span of time in which nobody changes anything. */
  Figures.Idle idle(MeasuredOperator operator, Duration span) throws InterruptedException {
    long position = scene.trail().position();
    ProcessUse before = operator.use();
    long start = System.nanoTime();
    Thread.sleep(span);
    double cpu = operator.use().cpuSince(before);
    double seconds = (System.nanoTime() - start) / 1e9;
    List<Call> calls = scene.operatorCalls(position);
    return new Figures.Idle(
        seconds,
        cpu * 60 / seconds,
        Call.counts(Call.writes(calls)),
        Call.counts(Call.reads(calls)));
  }

  /** Changes of the image, one at a time, each when all is quiet. */
  Figures.Latency changes(int count) throws InterruptedException {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < count; i++) {
      scene.awaitPause(PAUSE);
      long position = scene.trail().position();
      String name = CompleteWorker.name(i % workers);
      scene
          .client()
          .resources(MonolithWorker.class)
          .inNamespace(scene.namespace())
          .withName(name)
          .patch(PatchContext.of(PatchType.JSON), CompleteWorker.newImage(i + 2));
      scene.awaitPause(PAUSE);
      millis.add(latency(position, name));
    }
    return Figures.Latency.of(millis);
  }

  private double latency(long position, String worker) {
    Instant changed =
        scene.trail().in(position, scene.namespace()).stream()
            .filter(call -> call.isWrite() && call.resource().equals("monolithworkers"))
            .map(Call::answered)
            .findFirst()
            .orElseThrow();
    Instant written =
        scene.operatorCalls(position).stream()
            .filter(Call::isOfChild)
            .map(Call::received)
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("The change of " + worker + " was not applied."));
    return Duration.between(changed, written).toNanos() / 1e6;
  }

  /** Ends of a pod while the next one waits for its place, one at a time. */
  Figures.Latency gate(int count) throws InterruptedException {
    scene.client().resource(CompleteWorker.bounded(scene.namespace())).create();
    var millis = new ArrayList<Double>();
    for (int i = 0; i < count; i++) {
      Scene.await("a pod that runs", this::runningPod);
      scene.awaitPause(PAUSE);
      long position = scene.trail().position();
      boundedPods().delete();
      millis.add(Scene.await("a pod through the start gate", () -> fromFreeToOpen(position)));
    }
    return Figures.Latency.of(millis);
  }

  private FilterWatchListDeletable<Pod, PodList, PodResource> boundedPods() {
    return scene
        .client()
        .pods()
        .inNamespace(scene.namespace())
        .withLabel(Labels.WORKER, CompleteWorker.BOUNDED);
  }

  private Optional<Pod> runningPod() {
    List<Pod> pods = boundedPods().list().getItems();
    return pods.size() == 1
        ? pods.stream().filter(pod -> "Running".equals(pod.getStatus().getPhase())).findFirst()
        : Optional.empty();
  }

  /**
   * From the moment in which a place is free and a pod waits for it: the old pod has ended or is
   * gone, the new one is there. Which of them comes last is up to others. Empty while the gate is
   * shut.
   */
  private Optional<Double> fromFreeToOpen(long position) {
    Optional<Call> opened =
        scene.operatorCalls(position).stream()
            .filter(call -> call.verb().equals("patch") && call.resource().equals("pods"))
            .findFirst();
    return opened.flatMap(
        open ->
            scene.trail().in(position, scene.namespace()).stream()
                .filter(call -> isComing(call) || isGoing(call, open.name()))
                .map(Call::answered)
                .filter(time -> time.isBefore(open.answered()))
                .max(Comparator.naturalOrder())
                .map(free -> Duration.between(free, open.answered()).toNanos() / 1e6));
  }

  private static boolean isComing(Call call) {
    return call.resource().equals("pods") && call.verb().equals("create");
  }

  private static boolean isGoing(Call call, String opened) {
    return call.resource().equals("pods/status")
        ? call.isWrite() && !call.name().equals(opened)
        : call.resource().equals("pods") && call.verb().startsWith("delete");
  }

  /** Starts the operator again, with all workers present, and waits for its last pass. */
  Figures.Restart restart(MeasuredOperator operator, long position) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_RESTART.toNanos();
    long passes = 0;
    Instant last = operator.started();
    while (passes < workers || Instant.now().isBefore(last.plus(LAST_PASS))) {
      if (!operator.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(operator.obituary());
      }
      Thread.sleep(LOOK);
      long now = operator.passes();
      if (now > passes) {
        passes = now;
        last = Instant.now();
      }
    }
    ProcessUse use = operator.use();
    List<Call> calls = scene.operatorCalls(position);
    return new Figures.Restart(
        Duration.between(operator.started(), last).toMillis() / 1000.0,
        passes,
        use.cpu().toMillis() / 1000.0,
        use.rssMiB(),
        Call.counts(Call.writes(calls)),
        Call.counts(Call.reads(calls)));
  }

  /** Starts an operator on this scene. */
  MeasuredOperator start(Path checkout, Path log) throws IOException {
    return MeasuredOperator.start(checkout, scene.kubeconfig(), log);
  }
}
