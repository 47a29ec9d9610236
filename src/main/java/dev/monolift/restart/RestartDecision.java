package dev.monolift.restart;

import dev.monolift.plan.Timestamps;
import dev.monolift.restart.Step.Skip.Reason;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a Job does next, from nothing but what the cluster says now. So a pod that is started again
 * goes on where the one before it was, wherever that ended.
 */
public final class RestartDecision {
  /**
   * A Job ends this long before others call it silent: time to write how it ended, and for clocks
   * that differ.
   */
  static final Duration MARGIN = Duration.ofSeconds(60);

  private static final String AVAILABLE = "NewReplicaSetAvailable";
  private static final int DEFAULT_PROGRESS_DEADLINE = 600;

  private final RestartSettings settings;

  /**
   * The decisions of one pod.
   *
   * @param settings what it is to do
   */
  public RestartDecision(RestartSettings settings) {
    this.settings = settings;
  }

  /**
   * The next step.
   *
   * @param deployment the Deployment; null when there is none
   * @param record the group's record
   * @param now the time
   * @return what to do
   */
  public Step next(@Nullable Deployment deployment, GroupRecord record, Instant now) {
    var done = record.result(settings.worker()).filter(it -> it.job().equals(settings.job()));
    if (done.isPresent()) {
      return new Step.Done(done.get());
    }
    Holder mine = record.holder(settings.job()).orElse(null);
    if (mine != null
        && deployment != null
        && restartedAt(deployment).filter(mine.since()::equals).isPresent()) {
      return awaited(deployment, mine, now);
    }
    GroupRecord judged = record.judged(now, settings.job());
    Failure failure = judged.failure();
    if (failure != null) {
      return new Step.GroupStopped(failure, Sentences.stopped(settings, failure));
    }
    if (deployment == null || deployment.getMetadata().getDeletionTimestamp() != null) {
      return skip(Reason.NotThere, "does not exist any more, so there is nothing to restart.");
    }
    Optional<Step> skipped = skipped(deployment, mine, now);
    return skipped.orElseGet(() -> turn(deployment, judged, mine, now));
  }

  /**
   * The record after the end of this Job.
   *
   * @param record the record as it was read
   * @param ending how the Job ends
   * @param now the time
   * @return the record to write
   */
  public GroupRecord ended(GroupRecord record, Step.Ending ending, Instant now) {
    var result =
        new Result(settings.worker(), settings.job(), now, ending.outcome(), ending.sentence());
    return record.judged(now, settings.job()).ended(result, ending.stopsGroup());
  }

  /**
   * The record with the turn of this Job.
   *
   * @param record the record as it was read
   * @param turn the turn
   * @return the record to write
   */
  public GroupRecord taken(GroupRecord record, Step.TakeTurn turn) {
    return record.with(turn.holder());
  }

  /** The restart was made, by this pod or an earlier one of the Job. */
  private Step awaited(Deployment deployment, Holder mine, Instant now) {
    RolloutState rollout = RolloutState.of(deployment);
    String restart = Sentences.name(settings) + " was restarted at " + mine.since();
    return switch (rollout.kind()) {
      case Complete -> new Step.Restarted(restart + ": " + rollout.sentence() + ".");
      case Failed -> new Step.Failed(restart + ", but " + rollout.sentence() + ".");
      case Waiting ->
          now.isBefore(deadline(mine))
              ? new Step.AwaitRollout(mine.since(), rollout.sentence())
              : new Step.Failed(
                  restart
                      + ", but that was not complete by "
                      + deadline(mine)
                      + ": "
                      + rollout.sentence()
                      + (isPaused(deployment) ? ", and somebody has paused it." : "."));
    };
  }

  private Optional<Step> skipped(Deployment deployment, @Nullable Holder mine, Instant now) {
    if (isPaused(deployment)) {
      return Optional.of(skip(Reason.Paused, "is paused (spec.paused), so it is not restarted."));
    }
    if (RolloutState.wanted(deployment) == 0) {
      return Optional.of(skip(Reason.ScaledToZero, "has no pods (spec.replicas is 0)."));
    }
    RolloutState rollout = RolloutState.of(deployment);
    if (rollout.kind() != RolloutState.Kind.Complete) {
      return Optional.of(
          skip(
              Reason.RolloutInProgress,
              "is not restarted while its rollout is not complete: " + rollout.sentence() + "."));
    }
    Instant rolledOut = rolledOut(deployment);
    // Of two restarts in one night the second is no use, even where no age is asked for.
    boolean after = mine != null && rolledOut.isAfter(mine.since());
    return after || now.isBefore(rolledOut.plus(settings.rules().minAge()))
        ? Optional.of(new Step.Skip(Reason.TooYoung, Sentences.tooYoung(settings, rolledOut, now)))
        : Optional.empty();
  }

  private Step turn(Deployment deployment, GroupRecord judged, @Nullable Holder mine, Instant now) {
    List<Holder> others =
        judged.holders().stream().filter(it -> !it.job().equals(settings.job())).toList();
    // A restart that nobody can see through would stop the group for nothing.
    Instant deadline = mine == null ? settings.deadline() : deadline(mine);
    if (!now.isBefore(deadline.minus(reserve(deployment)))) {
      return new Step.Skip(Reason.TurnNeverCame, Sentences.turnNeverCame(settings, now, others));
    }
    if (mine != null) {
      return new Step.Restart(mine.since());
    }
    if (others.size() >= settings.rules().maxConcurrent()) {
      return new Step.WaitForTurn("it is the turn of " + Sentences.workers(others));
    }
    return new Step.TakeTurn(
        new Holder(
            settings.worker(),
            settings.job(),
            now.truncatedTo(ChronoUnit.SECONDS),
            settings.deadline().plus(MARGIN)));
  }

  private static Instant deadline(Holder mine) {
    return mine.until().minus(MARGIN);
  }

  /** What a rollout may need; a short timeout is shared with the waiting. */
  private Duration reserve(Deployment deployment) {
    var rollout =
        Duration.ofSeconds(
            Objects.requireNonNullElse(
                deployment.getSpec().getProgressDeadlineSeconds(), DEFAULT_PROGRESS_DEADLINE));
    Duration half = settings.rules().timeout().dividedBy(2);
    return rollout.compareTo(half) < 0 ? rollout : half;
  }

  /** When its pods became what they are; a deploy counts like a restart. */
  private static Instant rolledOut(Deployment deployment) {
    return Stream.of(
            Timestamps.parse(deployment.getMetadata().getCreationTimestamp()),
            restartedAt(deployment),
            RolloutState.progressing(deployment)
                .filter(it -> AVAILABLE.equals(it.getReason()))
                .flatMap(it -> Timestamps.parse(it.getLastUpdateTime())))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private static Optional<Instant> restartedAt(Deployment deployment) {
    return RestartedAt.of(deployment).flatMap(Timestamps::parse);
  }

  private static boolean isPaused(Deployment deployment) {
    return Boolean.TRUE.equals(deployment.getSpec().getPaused());
  }

  private Step skip(Reason reason, String what) {
    return new Step.Skip(reason, Sentences.name(settings) + " " + what);
  }
}
