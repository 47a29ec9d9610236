package dev.monolift.node;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Ends pods of workers, and of what stands beside each of them for comparison, in the same way and
 * at the same time. It writes down what it did.
 */
final class TerminationHand {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration LONGEST_VERDICT = Duration.ofSeconds(40);

  private final NodeScene scene;
  private final int replicas;
  private final Random random;
  private final Map<String, List<Crew>> crews = new LinkedHashMap<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final Map<String, Integer> wanted = new HashMap<>();
  private final List<Deed> deeds = new ArrayList<>();
  private int jobs;

  TerminationHand(NodeScene scene, int replicas, long seed) {
    this.scene = scene;
    this.replicas = replicas;
    this.random = new Random(seed);
  }

  /**
   * Takes a worker in hand.
   *
   * @param worker the worker
   * @param beside what stands beside it
   */
  void add(Subject worker, Subject... beside) {
    var all = new ArrayList<>(List.of(new Crew(scene, worker)));
    for (Subject subject : beside) {
      all.add(new Crew(scene, subject));
    }
    crews.put(worker.name(), all);
    wanted.put(worker.name(), replicas);
    versions.put(worker.name(), 0);
  }

  /** Writes down what somebody else does to a worker. */
  void note(Subject worker, String cause) {
    deeds.add(new Deed(worker.name(), Instant.now(), cause));
  }

  /**
   * Waits until a worker is at rest, and ends pods of it then.
   *
   * @param it what
   */
  void perform(Termination it) {
    rest(it.worker());
    if (it.kind() == Termination.Kind.OPERATOR_AWAY) {
      crews.keySet().forEach(this::rest);
    }
    Instant from = Instant.now();
    crews(it.worker()).forEach(crew -> note(crew.subject(), it.kind().cause()));
    act(it, from);
    awaitRequests(it.worker(), from);
  }

  private void act(Termination it, Instant from) {
    String worker = it.worker();
    switch (it.kind()) {
      case SCALE_IN -> scale(worker, replicas - Math.min(it.pods(), replicas));
      case ROLLOUT -> changeTemplate(worker);
      case SECOND_ROLLOUT -> {
        changeTemplate(worker);
        awaitRequests(worker, from);
        pause(it.pauseMillis());
        changeTemplate(worker);
      }
      case DAILY_RESTART -> restart(worker);
      case DELETE -> delete(it);
      case EVICTION -> chosen(it).forEach(this::evict);
      case NODE_DRAIN -> drainNode(worker);
      case LEADER_KILLED -> {
        changeTemplate(worker);
        awaitRequests(worker, from);
        scene.absences.killLeader();
      }
      case OPERATOR_AWAY ->
          scene.absences.whileAway(
              () -> {
                delete(it);
                awaitRequests(worker, from);
                await("the end of pods of " + worker)
                    .atMost(PATIENCE)
                    .until(() -> pods(worker).stream().noneMatch(PodLife::isEnding));
              });
    }
  }

  private void scale(String worker, int count) {
    wanted.put(worker, count);
    crews(worker).forEach(crew -> crew.scale(count));
  }

  private void changeTemplate(String worker) {
    int version = versions.merge(worker, 1, Integer::sum);
    crews(worker).forEach(crew -> crew.changeTemplate(version));
  }

  /** As people start the daily restart by hand; where there is none, as they do it there. */
  private void restart(String worker) {
    scene.kubectl.run(
        "wait", "--for=condition=Ready", "monolithworker/" + worker, "--timeout=120s");
    jobs++;
    scene.kubectl.run(
        "create", "job", "--from=cronjob/" + worker + "-restart", worker + "-now-" + jobs);
    crews(worker).stream().skip(1).forEach(Crew::restart);
  }

  private List<String> chosen(Termination it) {
    return crews(it.worker()).stream()
        .flatMap(crew -> crew.some(it.pods(), random).stream())
        .toList();
  }

  private void delete(Termination it) {
    var arguments = new ArrayList<>(List.of("delete", "--wait=false", "pod"));
    arguments.addAll(chosen(it));
    scene.kubectl.run(arguments.toArray(String[]::new));
  }

  private void evict(String pod) {
    scene.cluster.client().pods().inNamespace(scene.namespace).withName(pod).evict();
  }

  private void drainNode(String worker) {
    String names =
        String.join(",", crews(worker).stream().map(crew -> crew.subject().name()).toList());
    String node = scene.kubectl.run("get", "nodes", "-o", "name").lines().findFirst().orElseThrow();
    try {
      scene.kubectl.run(
          "drain",
          node,
          "--pod-selector=" + Subject.LABEL + " in (" + names + ")",
          "--delete-emptydir-data",
          "--timeout=180s");
    } finally {
      scene.kubectl.run("uncordon", node);
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<Crew> crews(String worker) {
    return Objects.requireNonNull(crews.get(worker), worker);
  }

  private List<PodLife> pods(String worker) {
    return crews(worker).stream().flatMap(crew -> crew.pods().stream()).toList();
  }

  /** Until pods of each crew have been asked to end after a time. */
  private void awaitRequests(String worker, Instant from) {
    for (Crew crew : crews(worker)) {
      await("an end among the pods of " + crew.subject())
          .atMost(PATIENCE)
          .until(() -> crew.pods().stream().anyMatch(pod -> isAfter(pod, from)));
    }
  }

  private static boolean isAfter(PodLife pod, Instant from) {
    Instant requested = pod.requested();
    return requested != null && !requested.isBefore(from);
  }

  /** Until all its pods work, with what was scaled in scaled out again. */
  void rest(String worker) {
    settle(worker);
    awaitVerdicts(worker);
    if (wanted.getOrDefault(worker, 0) < replicas) {
      scale(worker, replicas);
      settle(worker);
    }
  }

  private void settle(String worker) {
    int count = wanted.getOrDefault(worker, 0);
    int version = versions.getOrDefault(worker, 0);
    for (Crew crew : crews(worker)) {
      await(count + " pods at work of " + crew.subject())
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .until(() -> crew.isSettled(count, version));
    }
  }

  /** A verdict that is missing for longer than that is the checker's to find. */
  private void awaitVerdicts(String worker) {
    long until = System.nanoTime() + LONGEST_VERDICT.toNanos();
    while (System.nanoTime() < until && pods(worker).stream().anyMatch(this::isOpen)) {
      pause(100);
    }
  }

  private boolean isOpen(PodLife pod) {
    return crews.containsKey(pod.subject())
        && pod.hasRun()
        && pod.ended() != null
        && scene.verdicts.of(pod.pod()).isEmpty();
  }

  /** Number of pods of the workers that have ended. */
  int ended() {
    return (int)
        scene.pods.pods().stream()
            .filter(pod -> crews.containsKey(pod.subject()) && pod.hasRun() && pod.ended() != null)
            .count();
  }

  /** Ends all pods that are left, and gathers what there is to see then. */
  Evidence end() {
    crews.keySet().forEach(this::settle);
    crews.keySet().forEach(this::awaitVerdicts);
    for (String worker : crews.keySet()) {
      crews(worker).forEach(crew -> note(crew.subject(), Termination.Kind.SCALE_IN.cause()));
      scale(worker, 0);
    }
    await("the end of all pods")
        .atMost(PATIENCE)
        .until(() -> crews.keySet().stream().allMatch(worker -> areGone(pods(worker))));
    crews.keySet().forEach(this::awaitVerdicts);
    return new Evidence(
        scene.queue.ledger(),
        scene.pods.pods(),
        scene.verdicts.verdicts(),
        scene.verdicts.counted(),
        deeds,
        scene.absences.absences());
  }

  private static boolean areGone(List<PodLife> pods) {
    return pods.stream().allMatch(pod -> pod.gone() != null);
  }
}
