package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The consumers of a queue, counted by the database that has the queue, while their pods are
 * scaled, rolled out and restarted faster than they can end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsumersOnNodeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long SEED = Long.getLong("monolift.seed", 1);
  private static final int MAX = 3;
  private static final int LONGEST_JOB = 3;
  private static final int GRACE = LONGEST_JOB + 5;
  private static final int MOVES_IN_A_ROW = 4;
  private static final String FILES = "load";

  private final NodeScene scene = new NodeScene();
  private final Random random = new Random(SEED);
  private final Crew bounded = new Crew(scene, Subject.worker("bounded"));
  private final Crew plain = new Crew(scene, Subject.deployment("plain"));
  private int version;

  @AfterAll
  void close() {
    scene.close();
  }

  @Test
  void theDatabaseNeverHasMoreConsumersThanMax() {
    setUp();
    int rows = Proof.isFull() ? 40 : 3;
    for (int i = 0; i < rows; i++) {
      awaitAll();
      for (int move = 0; move < MOVES_IN_A_ROW; move++) {
        move();
        pause(random.nextInt(2500));
      }
    }
    awaitAll();
    scene.database.run("UPDATE work.sampling SET goes_on = FALSE;");

    var samples = ConsumerCounts.read(scene.database, "samples", "bounded");
    var arrivals = ConsumerCounts.read(scene.database, "arrivals", "bounded");
    assertThat(samples.most())
        .as("consumers in " + samples.counts().size() + " samples")
        .isEqualTo(MAX);
    assertThat(arrivals.most()).as("consumers when one came").isEqualTo(MAX);
    assertThat(samples.meanGap()).as("milliseconds between two samples").isLessThan(200);
    int without = ConsumerCounts.read(scene.database, "samples", "plain").most();
    assertThat(without).as("consumers without a bound").isGreaterThan(MAX);
    write(rows, samples, arrivals, without);
  }

  private void write(int rows, ConsumerCounts samples, ConsumerCounts arrivals, int without) {
    Proof.fact(
        Proof.Chapter.WORKER,
        "On a real node the database never has more consumers than consumers.max.",
        ("%d of at most %d in %d samples taken in the database, one every %d ms (longest gap %d ms), and when each of %d consumers came;"
                + " %d times %d moves (scale, rollout, restart, delete; seed %d) without waiting for the end of pods."
                + " A plain Deployment of %d replicas, moved in the same way: up to %d consumers")
            .formatted(
                samples.most(),
                MAX,
                samples.counts().size(),
                samples.meanGap(),
                samples.longestGap(),
                arrivals.counts().size(),
                rows,
                MOVES_IN_A_ROW,
                SEED,
                MAX,
                without));
  }

  private void setUp() {
    scene.database.run(JobQueue.file("consumers.sql"));
    scene.exampleFiles(FILES);
    for (Crew crew : List.of(bounded, plain)) {
      String name = crew.subject().name();
      scene.database.run(
          "CREATE USER '%1$s'@'%%'; GRANT ALL ON work.* TO '%1$s'@'%%'; INSERT INTO work.accounts VALUES ('%1$s');"
              .formatted(name));
    }
    scene.queue.open(List.of(bounded.subject(), plain.subject()), 1000, LONGEST_JOB * 1000, 0);
    scene.kubectl.apply(
        Manifests.worker(
            bounded.subject(),
            MAX,
            "consumers: {max: %d}, drain: {longestJobSeconds: %d}".formatted(MAX, LONGEST_JOB),
            Manifests.template(bounded.subject(), FILES, program(bounded))),
        Manifests.deployment(
            plain.subject(),
            MAX,
            GRACE,
            Manifests.template(plain.subject(), FILES, program(plain))));
  }

  private Container program(Crew crew) {
    return WorkerShape.DIRECT
        .program(scene.cluster)
        .edit()
        .addNewEnv()
        .withName("QUEUE_USER")
        .withValue(crew.subject().name())
        .endEnv()
        .build();
  }

  /** Does one thing to both, while the pods of the one before still end. */
  private void move() {
    switch (random.nextInt(5)) {
      case 0 -> {
        int replicas = random.nextInt(2 * MAX + 1);
        bounded.scale(replicas);
        // without a bound it would be more consumers, and no wonder
        plain.scale(Math.min(replicas, MAX));
      }
      case 1 -> {
        bounded.restart();
        plain.restart();
      }
      case 2 -> {
        int pods = 1 + random.nextInt(MAX);
        delete(bounded, pods);
        delete(plain, pods);
      }
      default -> {
        version++;
        bounded.changeTemplate(version);
        plain.changeTemplate(version);
      }
    }
  }

  private void delete(Crew crew, int count) {
    crew.some(count, random)
        .forEach(
            pod -> scene.kubectl.run("delete", "pod", pod, "--wait=false", "--ignore-not-found"));
  }

  /** Until both have all their consumers again, so that the bound is really met. */
  private void awaitAll() {
    for (Crew crew : List.of(bounded, plain)) {
      crew.scale(MAX);
      await(MAX + " consumers of " + crew.subject())
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .until(() -> crew.isSettled(MAX, version));
    }
    await("connections")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> connections() == MAX);
  }

  private int connections() {
    return Integer.parseInt(
        scene
            .database
            .run("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'bounded';")
            .strip());
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
