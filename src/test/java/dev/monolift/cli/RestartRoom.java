package dev.monolift.cli;

import dev.monolift.kube.RestartAccess;
import dev.monolift.restart.GroupRecord;
import dev.monolift.restart.RecordJson;
import dev.monolift.restart.RestartNames;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One group's Lease and its workers' Deployments, with versions and conflicts as the API server has
 * them, a Deployment controller that lags behind, people who deploy, and a clock.
 */
final class RestartRoom {
  static final int PROGRESS_DEADLINE = 120;

  private final RandomGenerator random;
  private final RestartRules rules;
  private final Map<String, Rolling> deployments = new HashMap<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingInt(Event::number));
  private Instant now = Instant.parse("2026-03-01T02:00:00Z");
  private int version = 1;
  private int leaseVersion = 1;
  private int eventCount;
  private String record = RecordJson.write(GroupRecord.EMPTY);

  /** Something that happens later. */
  private record Event(Instant at, int number, Runnable what) {}

  /** A Deployment; times are the controller's. */
  private static final class Rolling {
    int version;
    int generation = 1;
    int observed = 1;
    boolean complete = true;
    boolean late;
    String restartedAt = "";
    Instant available;

    Rolling(Instant available) {
      this.available = available;
    }
  }

  RestartRoom(RandomGenerator random, RestartRules rules, List<String> workers) {
    this.random = random;
    this.rules = rules;
    workers.forEach(worker -> deployments.put(worker, new Rolling(now.minusSeconds(90_000))));
  }

  Instant now() {
    return now;
  }

  /** Lets time pass, with what happens meanwhile. */
  void advanceTo(Instant time) {
    while (!events.isEmpty() && !events.peek().at().isAfter(time)) {
      Event event = events.remove();
      now = event.at().isAfter(now) ? event.at() : now;
      event.what().run();
    }
    now = time.isAfter(now) ? time : now;
  }

  /** When the next thing happens by itself; null when nothing does. */
  @Nullable Instant nextEvent() {
    return events.isEmpty() ? null : events.peek().at();
  }

  void later(int seconds, Runnable what) {
    events.add(new Event(now.plusSeconds(seconds), eventCount++, what));
  }

  /** Somebody deploys, or goes back to an older template: a rollout that is not the Jobs'. */
  void deploy(String worker) {
    rules.deployed(worker);
    if (random.nextBoolean()) {
      deployment(worker).restartedAt = "";
    }
    roll(worker, true);
  }

  /** A person has looked. */
  void clear() {
    try {
      var cleared = RecordJson.read(record).judged(now).cleared();
      record = RecordJson.write(cleared);
      leaseVersion = ++version;
      rules.cleared(record);
    } catch (RecordJson.Corrupt e) {
      throw new AssertionError(e);
    }
  }

  private void roll(String worker, boolean comesUp) {
    Rolling it = deployment(worker);
    it.version = ++version;
    it.complete = false;
    it.late = false;
    int generation = ++it.generation;
    int lag = random.nextInt(4);
    later(lag, () -> whileIts(worker, generation, () -> it.observed = generation));
    if (comesUp) {
      later(lag + 1 + random.nextInt(60), () -> whileIts(worker, generation, () -> end(worker)));
    } else if (random.nextBoolean()) {
      later(PROGRESS_DEADLINE, () -> whileIts(worker, generation, () -> it.late = true));
    }
  }

  private void whileIts(String worker, int generation, Runnable change) {
    Rolling it = deployment(worker);
    if (it.generation == generation) {
      it.version = ++version;
      change.run();
    }
  }

  private void end(String worker) {
    Rolling it = deployment(worker);
    it.complete = true;
    it.available = now;
    rules.cameUp(worker);
  }

  private Rolling deployment(String worker) {
    return Objects.requireNonNull(deployments.get(worker));
  }

  /** What a pod of a worker's Job can do; each call may be the pod's last. */
  RestartAccess access(String worker, String job, Runnable point) {
    return new RestartAccess() {
      private int leaseSeen;

      @Override
      public Optional<Lease> lease() {
        point.run();
        leaseSeen = leaseVersion;
        Lease lease =
            new LeaseBuilder()
                .withNewMetadata()
                .withResourceVersion(Integer.toString(leaseVersion))
                .addToAnnotations(RecordJson.ANNOTATION, record)
                .endMetadata()
                .build();
        point.run();
        return Optional.of(lease);
      }

      @Override
      public Optional<Deployment> deployment() {
        point.run();
        Deployment seen = written(worker);
        point.run();
        return Optional.of(seen);
      }

      @Override
      public boolean write(Lease seen, GroupRecord next) {
        Instant decided = now; // a request takes time, and what it says is from before
        point.run();
        boolean fresh = Integer.toString(leaseVersion).equals(version(seen.getMetadata()));
        if (fresh) {
          record = RecordJson.write(next);
          leaseVersion = ++version;
          rules.recorded(job, record, leaseVersion, decided);
        } else {
          rules.conflict();
        }
        point.run();
        return fresh;
      }

      @Override
      public boolean restart(Deployment seen, Instant since) {
        point.run();
        Rolling it = RestartRoom.this.deployment(worker);
        boolean fresh = Integer.toString(it.version).equals(version(seen.getMetadata()));
        if (fresh) {
          rules.restarted(worker, job, leaseSeen, it.complete);
          it.restartedAt = since.toString();
          roll(worker, random.nextInt(12) > 0);
        } else {
          rules.conflict();
        }
        point.run();
        return fresh;
      }
    };
  }

  private static String version(ObjectMeta metadata) {
    return metadata.getResourceVersion();
  }

  private Deployment written(String worker) {
    Rolling it = deployment(worker);
    Map<String, String> annotations =
        it.restartedAt.isEmpty() ? Map.of() : Map.of(RestartNames.RESTARTED_AT, it.restartedAt);
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(worker)
        .withResourceVersion(Integer.toString(it.version))
        .withGeneration((long) it.generation)
        .endMetadata()
        .withNewSpec()
        .withReplicas(2)
        .withProgressDeadlineSeconds(PROGRESS_DEADLINE)
        .withNewTemplate()
        .withNewMetadata()
        .withAnnotations(annotations)
        .endMetadata()
        .endTemplate()
        .endSpec()
        .withNewStatus()
        .withObservedGeneration((long) it.observed)
        .withReplicas(2)
        .withUpdatedReplicas(it.complete ? 2 : 1)
        .withAvailableReplicas(2)
        .withConditions(progressing(it))
        .endStatus()
        .build();
  }

  private static DeploymentCondition progressing(Rolling it) {
    String reason = it.complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated";
    return new DeploymentConditionBuilder()
        .withType("Progressing")
        .withReason(it.late ? "ProgressDeadlineExceeded" : reason)
        .withLastUpdateTime(it.available.truncatedTo(ChronoUnit.SECONDS).toString())
        .build();
  }
}
