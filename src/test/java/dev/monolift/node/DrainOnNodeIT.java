package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.node.Termination.Kind;
import dev.monolift.proof.Proof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Pods of workers under load are ended on a real node in every way that there is, beside plain
 * Deployments with the same image that are ended in the same way, and the jobs are counted in the
 * database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainOnNodeIT {
  private static final long SEED = Long.getLong("monolift.seed", 1);
  private static final int REPLICAS = 2;
  private static final int LONGEST_JOB = 4;
  private static final int LONGEST_WAIT = 5;
  private static final int RESERVE = 5;
  private static final int OVER_MILLIS = 300_000;
  private static final String FILES = "load";

  private final NodeScene scene = new NodeScene();

  @AfterAll
  void close() {
    scene.close();
  }

  @Test
  void noJobWithinItsBudgetIsCutHoweverPodsEnd() {
    int wanted = Proof.isFull() ? 200 : 15;
    scene.exampleFiles(FILES);
    var hand = new TerminationHand(scene, REPLICAS, SEED);
    var nightly = new NightlyRestart(scene);
    start(hand, nightly);
    var deck = new TerminationDeck(SEED, kinds(), REPLICAS);
    int acts = 0;
    // each way at least once, and the count
    while (hand.ended() < wanted || acts < Kind.values().length) {
      hand.perform(deck.next());
      acts++;
    }
    nightly.awaitSuccess();
    var evidence = hand.end();

    var report = DrainChecker.judge(evidence, workers(nightly), LONGEST_JOB * 1000);
    assertThat(report.faults()).as("seed " + SEED + ", " + evidence.deeds()).isEmpty();
    assertThat(nightly.restarted(evidence)).as("pods ended by the CronJob").isEqualTo(REPLICAS);
    var facts = new DrainFacts(new JobBooks(evidence.ledger()).tallies(), report);
    assertThat(facts.cutWithout()).as("jobs cut without Monolift").isPositive();
    Proof.fact(
        Proof.Chapter.DRAIN,
        "On a real node no job within its budget is cut, and every pod has a verdict within 10 s of its end.",
        facts.figure(hand.ended(), SEED));
    for (WorkerShape shape : WorkerShape.values()) {
      Proof.fact(
          Proof.Chapter.DRAIN,
          "Jobs under load while pods end: " + shape.title(),
          facts.figure(shape));
    }
  }

  private static Set<String> workers(NightlyRestart nightly) {
    var workers = new HashSet<>(Set.of(nightly.worker().name()));
    for (WorkerShape shape : WorkerShape.values()) {
      workers.add(shape.worker().name());
    }
    return workers;
  }

  private void start(TerminationHand hand, NightlyRestart nightly) {
    var queues = new ArrayList<Subject>();
    var manifests = new ArrayList<String>();
    for (WorkerShape shape : WorkerShape.values()) {
      Subject worker = shape.worker();
      Subject plain = worker.plain();
      queues.addAll(List.of(worker, plain));
      var program = shape.program(scene.cluster);
      var settings = settings(shape.isHeld(), shape.isRestarted() ? NightlyRestart.far() : "");
      manifests.add(
          Manifests.worker(worker, REPLICAS, settings, Manifests.template(worker, FILES, program)));
      manifests.add(
          Manifests.deployment(
              plain,
              REPLICAS,
              LONGEST_WAIT + LONGEST_JOB + RESERVE,
              Manifests.template(plain, FILES, program)));
      hand.add(worker, plain);
    }
    Subject night = nightly.worker();
    queues.add(night);
    var program = WorkerShape.DIRECT.program(scene.cluster);
    manifests.add(
        Manifests.worker(
            night,
            REPLICAS,
            settings(true, nightly.soon()),
            Manifests.template(night, FILES, program)));
    hand.add(night);
    scene.queue.open(queues, 300, LONGEST_JOB * 1000, 0.5);
    hand.note(night, Kind.DAILY_RESTART.cause());
    scene.kubectl.apply(manifests.toArray(String[]::new));
  }

  private static String settings(boolean held, String restart) {
    return "drain: {longestJobSeconds: %d, longestWaitSeconds: %d, holdPods: %s}%s"
        .formatted(LONGEST_JOB, LONGEST_WAIT, held, restart.isEmpty() ? "" : ", " + restart);
  }

  private static Map<Kind, List<String>> kinds() {
    var kinds = new EnumMap<Kind, List<String>>(Kind.class);
    for (Kind kind : Kind.values()) {
      kinds.put(
          kind,
          Arrays.stream(WorkerShape.values())
              .filter(shape -> kind != Kind.DAILY_RESTART || shape.isRestarted())
              .filter(shape -> kind != Kind.OPERATOR_AWAY || shape.isHeld())
              .map(shape -> shape.worker().name())
              .toList());
    }
    return kinds;
  }

  @Test
  void aJobOverItsBudgetIsReportedWithItsPodAndTheCause() {
    var kinds =
        EnumSet.of(Kind.SCALE_IN, Kind.ROLLOUT, Kind.DAILY_RESTART, Kind.DELETE, Kind.EVICTION);
    scene.exampleFiles("over");
    var hand = new TerminationHand(scene, 1, SEED);
    scene.queue.open(kinds.stream().map(DrainOnNodeIT::over).toList(), OVER_MILLIS, OVER_MILLIS, 0);
    scene.kubectl.apply(kinds.stream().map(this::manifestOver).toArray(String[]::new));
    kinds.forEach(kind -> hand.add(over(kind)));
    int rounds = Proof.isFull() ? 5 : 1;
    for (int i = 0; i < rounds; i++) {
      kinds.forEach(kind -> hand.perform(new Termination(kind, over(kind).name(), 1, 0)));
    }
    kinds.forEach(kind -> hand.rest(over(kind).name()));
    var evidence = hand.end();

    var workers = kinds.stream().map(kind -> over(kind).name()).collect(Collectors.toSet());
    assertThat(DrainChecker.judge(evidence, workers, 0).faults()).isEmpty();
    var cut =
        new JobBooks(evidence.ledger())
            .cut().stream().filter(job -> workers.contains(job.queue())).toList();
    assertThat(cut).hasSizeGreaterThanOrEqualTo(rounds * kinds.size());
    cut.forEach(this::isReported);
    Proof.fact(
        Proof.Chapter.DRAIN,
        "On a real node a job over its budget is reported with its pod and the cause of the end.",
        "%d jobs of 5 min with a budget of 2 s, cut by %s: each has a verdict with the right cause in the status of its worker, and an event that names the pod"
            .formatted(
                cut.size(),
                kinds.stream().map(Kind::cause).distinct().collect(Collectors.joining(", "))));
  }

  private String manifestOver(Kind kind) {
    Subject worker = over(kind);
    var program = WorkerShape.DIRECT.program(scene.cluster);
    // it says with a busy file that it was in a job; the others do not
    boolean busy = kind == Kind.ROLLOUT || kind == Kind.DELETE;
    if (busy) {
      program =
          program.edit().addNewEnv().withName("BUSY_FILE").withValue("/tmp/busy").endEnv().build();
    }
    String restart = kind == Kind.DAILY_RESTART ? ", " + NightlyRestart.far() : "";
    String settings =
        "drain: {longestJobSeconds: 2%s}%s".formatted(busy ? ", busyFile: /tmp/busy" : "", restart);
    return Manifests.worker(worker, 1, settings, Manifests.template(worker, "over", program));
  }

  private static Subject over(Kind kind) {
    return Subject.worker("over-" + kind.cause().toLowerCase(Locale.ROOT));
  }

  private void isReported(LedgerLine job) {
    var verdict = scene.verdicts.of(job.pod()).orElseThrow();
    assertThat(verdict.verdict()).as(verdict.toString()).isEqualTo("Killed");
    assertThat(verdict.reason()).as(verdict.toString()).isIn(Set.of("JobTooLong", "HandlerNotRun"));
    var notes =
        scene
            .cluster
            .client()
            .events()
            .v1()
            .events()
            .inNamespace(scene.namespace)
            .list()
            .getItems()
            .stream()
            .filter(event -> "DrainKilled".equals(event.getReason()))
            .map(event -> Objects.requireNonNullElse(event.getNote(), ""))
            .filter(note -> note.startsWith("Pod " + job.pod() + " ended"))
            .toList();
    assertThat(notes).as("events about pod " + job.pod()).hasSize(1);
  }
}
