package dev.monolift.node;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A worker whose night comes soon: nobody but its own CronJob restarts it. */
final class NightlyRestart {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  /** Time for the operator to make the CronJob, and for the pods to become available. */
  private static final Duration AHEAD = Duration.ofSeconds(60);

  private final NodeScene scene;

  NightlyRestart(NodeScene scene) {
    this.scene = scene;
  }

  Subject worker() {
    return Subject.worker("nightly");
  }

  /** Settings with a window of one minute that comes soon. */
  String soon() {
    Instant minute = Instant.now().plus(AHEAD).truncatedTo(ChronoUnit.MINUTES);
    return settings(minute.plus(1, ChronoUnit.MINUTES));
  }

  /** Settings with a window that does not come during the test. */
  static String far() {
    return settings(Instant.now().plus(12, ChronoUnit.HOURS));
  }

  private static String settings(Instant start) {
    return "restart: {window: {start: '%s', end: '%s'}, timeZone: Etc/UTC, minAgeSeconds: 0}"
        .formatted(time(start), time(start.plus(1, ChronoUnit.MINUTES)));
  }

  private static LocalTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalTime().truncatedTo(ChronoUnit.MINUTES);
  }

  /** Waits until the CronJob controller has started the restart, and that has succeeded. */
  void awaitSuccess() {
    await("a restart by the CronJob controller").atMost(PATIENCE).until(this::hasSucceeded);
  }

  /** How many of its pods a restart has ended: a Job that had nothing to do succeeds too. */
  long restarted(Evidence evidence) {
    return evidence.verdicts().stream()
        .filter(verdict -> verdict.pod().startsWith(worker().name() + "-"))
        .filter(verdict -> verdict.cause().equals(Termination.Kind.DAILY_RESTART.cause()))
        .count();
  }

  private boolean hasSucceeded() {
    return scene
        .cluster
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(scene.namespace)
        .withLabel("monolift.dev/restart-of", worker().name())
        .list()
        .getItems()
        .stream()
        .anyMatch(NightlyRestart::isDone);
  }

  private static boolean isDone(Job job) {
    Integer succeeded = job.getStatus().getSucceeded();
    return succeeded != null && succeeded > 0;
  }
}
