package dev.monolift.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.kube.GateKeeper.PodList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** A history that is written down beforehand: one worker with three pods and a bound of three. */
final class Play implements AutoCloseable {
  static final int MAX = 3;

  private final long begin = System.nanoTime();
  private final Scenes scenes;
  private final Scene scene;
  private final Witness witness;
  private final Hand hand;
  private final List<InThisProcess> operators = new ArrayList<>();

  Play(Scenes scenes) {
    this.scenes = scenes;
    this.scene = scenes.set();
    this.witness = new Witness(scene.api(), scene.namespace());
    var history = new History(1, History.Crew.ALONE, MAX, MAX, List.of());
    this.hand =
        new Hand(
            scene,
            new Members(
                slot -> {
                  throw new IllegalStateException("nobody is hired for slot " + slot);
                }),
            history);
    scene.createWorker(MAX, MAX);
  }

  /** Starts an operator. */
  void hire(Mutant mutant, Function<PodList, PodList> around) {
    var wire = new Wire(0);
    operators.add(
        InThisProcess.start(
            mutant.operator(wire, around), scenes.kubeconfig(), scene.namespace(), null, wire));
  }

  /** Ends all operators. */
  void dismiss() {
    operators.forEach(InThisProcess::close);
  }

  void perform(Step step) throws InterruptedException {
    hand.perform(step);
  }

  /** Until there are so many pods of a kind, or something to find. */
  void waitForPods(Predicate<Fact.Pod> which, int count) {
    await()
        .atMost(Scene.PATIENCE)
        .until(() -> count(which) == count || !verdict().findings().isEmpty());
  }

  private long count(Predicate<Fact.Pod> which) {
    return Checker.read(witness.facts()).pods().stream().filter(which).count();
  }

  /** A person who starts a copy of a pod, without the gate. */
  void startPastTheGate() {
    scene
        .api()
        .send(
            "POST",
            scene.podPath(""),
            Api.JSON,
            """
            {"metadata": {"name": "past-the-gate", "labels": {"monolift.dev/worker": "%s"},
               "annotations": {"monolift.test/ended-by-hand": "true", "%s": "0"}},
             "spec": {"nodeName": "%s", "containers": [{"name": "php", "image": "example.test/php:1"}]}}
            """
                .formatted(Scene.WORKER, Fact.TEMPLATE, scene.node(0)),
            Set.of());
  }

  /** Until all pods run that shall, and then there was nothing to find. */
  void awaitNothing() {
    await().atMost(Scene.PATIENCE).until(this::isWell);
    assertThat(verdict().findings()).isEmpty();
  }

  /** Until there is something to find; returns how fast it was found. */
  String awaitFinding() {
    await().atMost(Scene.PATIENCE).until(() -> !verdict().findings().isEmpty());
    var finding = verdict().findings().getFirst();
    long opened =
        verdict().openings().stream().filter(o -> o.version() <= finding.version()).count();
    return "found when pod %d started, as %d consumers of %d, %d ms after the worker was created"
        .formatted(
            opened,
            finding.live(),
            finding.bound(),
            Duration.ofNanos(System.nanoTime() - begin).toMillis());
  }

  /** What shall go, goes; and then there are as many as are wanted. */
  private boolean isWell() {
    hand.endAll();
    scene.api().send("DELETE", scene.podPath("past-the-gate"), Api.JSON, "", Scene.MOVED_ON);
    return witness.isComplete() && Checker.read(witness.facts()).missing("0").isEmpty();
  }

  private Checker.Verdict verdict() {
    return Checker.read(witness.facts()).verdict();
  }

  @Override
  public void close() {
    dismiss();
    witness.close();
    scene.remove();
  }
}
