package dev.monolift.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.restart.Step.Skip.Reason;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartDecisionTest {
  private static final Instant NOW = Instant.parse("2026-03-08T02:17:03.4Z");
  private static final Instant SINCE = Instant.parse("2026-03-08T02:17:03Z");
  private static final Instant UNTIL = Instant.parse("2026-03-08T03:18:03.4Z");
  private static final Holder MINE = new Holder("mail", "job", SINCE, UNTIL);
  private static final Holder OTHER = new Holder("push", "other", SINCE, UNTIL);
  private static final Deployment OLD = Rolled.out(Rolled.LAST_WEEK);

  private static RestartDecision decision(int maxConcurrent) {
    var rules = new RestartSettings.Rules(maxConcurrent, Duration.ofHours(12), Duration.ofHours(1));
    return new RestartDecision(
        new RestartSettings("shop", "mail", "mail", "queue", "job", rules, NOW));
  }

  private static Step next(@Nullable Deployment deployment, GroupRecord record, Instant now) {
    return decision(1).next(deployment, record, now);
  }

  private static GroupRecord held(Holder... holders) {
    return new GroupRecord(List.of(holders), null, List.of());
  }

  private static Reason skipped(@Nullable Deployment deployment, GroupRecord record, Instant now) {
    Step step = next(deployment, record, now);
    assertThat(step).isInstanceOf(Step.Skip.class);
    return ((Step.Skip) step).reason();
  }

  private static Reason skipped(UnaryOperator<DeploymentBuilder> change) {
    return skipped(change.apply(Rolled.edit()).build(), GroupRecord.EMPTY, NOW);
  }

  @Test
  void takesItsTurnThenRestartsThenWaits() {
    assertThat(next(OLD, GroupRecord.EMPTY, NOW)).isEqualTo(new Step.TakeTurn(MINE));
    assertThat(next(OLD, held(MINE), NOW)).isEqualTo(new Step.Restart(SINCE));
    Deployment restarted = Rolled.restartedAt(OLD, SINCE.toString());
    assertThat(next(Rolled.rolling(restarted), held(MINE), NOW))
        .isEqualTo(new Step.AwaitRollout(SINCE, "1 of 3 pods are new"));
    assertThat(next(restarted, held(MINE), NOW))
        .isEqualTo(
            new Step.Restarted(
                "Deployment shop/mail was restarted at 2026-03-08T02:17:03Z: 3 of 3 pods are"
                    + " available."));
  }

  @Test
  void waitsWhileOthersHaveTheirTurn() {
    assertThat(next(OLD, held(OTHER), NOW))
        .isEqualTo(new Step.WaitForTurn("it is the turn of push"));
    assertThat(decision(2).next(OLD, held(OTHER), NOW)).isInstanceOf(Step.TakeTurn.class);
  }

  @Test
  void doesNotBeginWhatItCannotSeeThrough() {
    // the timeout is an hour, and a rollout may take 600 seconds without progress
    assertThat(next(OLD, held(OTHER), NOW.plusSeconds(2999))).isInstanceOf(Step.WaitForTurn.class);
    assertThat(skipped(OLD, held(OTHER), NOW.plusSeconds(3000))).isEqualTo(Reason.TurnNeverCame);
    assertThat(skipped(OLD, GroupRecord.EMPTY, NOW.plusSeconds(3000)))
        .isEqualTo(Reason.TurnNeverCame);
    assertThat(skipped(OLD, held(MINE), NOW.plusSeconds(3000))).isEqualTo(Reason.TurnNeverCame);
  }

  @Test
  void aDeployLastNightCounts() {
    Instant yesterday = NOW.minusSeconds(12 * 3600);
    assertThat(skipped(Rolled.out(yesterday.plusSeconds(1)), GroupRecord.EMPTY, NOW))
        .isEqualTo(Reason.TooYoung);
    assertThat(next(Rolled.out(yesterday), GroupRecord.EMPTY, NOW))
        .isInstanceOf(Step.TakeTurn.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-08T02:00:00Z", "2026-03-08T11:00:00+09:00"})
  void aRestartByHandCounts(String at) {
    Deployment restarted = Rolled.restartedAt(OLD, at);
    assertThat(skipped(restarted, GroupRecord.EMPTY, NOW)).isEqualTo(Reason.TooYoung);
  }

  @Test
  void whatSomebodyElseWroteThereDoesNotCount() {
    assertThat(next(Rolled.restartedAt(OLD, "yesterday"), GroupRecord.EMPTY, NOW))
        .isInstanceOf(Step.TakeTurn.class);
  }

  @Test
  void aNewDeploymentIsYoungWithoutCondition() {
    Deployment created =
        Rolled.edit()
            .editMetadata()
            .withCreationTimestamp("2026-03-08T02:00:00Z")
            .endMetadata()
            .editStatus()
            .withConditions()
            .endStatus()
            .build();
    assertThat(skipped(created, GroupRecord.EMPTY, NOW)).isEqualTo(Reason.TooYoung);
  }

  @Test
  void leavesAloneWhatIsNotInOrder() {
    assertThat(skipped(null, GroupRecord.EMPTY, NOW)).isEqualTo(Reason.NotThere);
    assertThat(skipped(d -> d.editMetadata().withDeletionTimestamp("x").endMetadata()))
        .isEqualTo(Reason.NotThere);
    assertThat(skipped(d -> d.editSpec().withPaused(true).endSpec())).isEqualTo(Reason.Paused);
    assertThat(skipped(d -> d.editSpec().withReplicas(0).endSpec())).isEqualTo(Reason.ScaledToZero);
    assertThat(skipped(Rolled.rolling(OLD), GroupRecord.EMPTY, NOW))
        .isEqualTo(Reason.RolloutInProgress);
    assertThat(skipped(Rolled.late(OLD), GroupRecord.EMPTY, NOW))
        .isEqualTo(Reason.RolloutInProgress);
    assertThat(skipped(d -> d.editStatus().withAvailableReplicas(2).endStatus()))
        .isEqualTo(Reason.RolloutInProgress);
    assertThat(skipped(d -> d.editStatus().withReplicas(4).endStatus()))
        .isEqualTo(Reason.RolloutInProgress);
    assertThat(skipped(d -> d.editMetadata().withGeneration(5L).endMetadata()))
        .isEqualTo(Reason.RolloutInProgress);
    assertThat(skipped(d -> d.withStatus(null))).isEqualTo(Reason.RolloutInProgress);
  }

  @Test
  void doesNotRestartAgainAfterSomebodyWentBack() {
    // the annotation is gone with the template that it was in
    Deployment undone = Rolled.out(SINCE.plusSeconds(30));
    var rules = new RestartSettings.Rules(1, Duration.ZERO, Duration.ofHours(1));
    var decision =
        new RestartDecision(
            new RestartSettings("shop", "mail", "mail", "queue", "job", rules, NOW));
    assertThat(decision.next(undone, held(MINE), NOW.plusSeconds(60)))
        .isInstanceOfSatisfying(
            Step.Skip.class, skip -> assertThat(skip.reason()).isEqualTo(Reason.TooYoung));
  }

  @Test
  void aRolloutThatDoesNotComeUpIsAFailure() {
    Deployment restarted = Rolled.restartedAt(OLD, SINCE.toString());
    Step late = next(Rolled.late(restarted), held(MINE), NOW);
    assertThat(late).isInstanceOf(Step.Failed.class);
    Deployment rolling = Rolled.rolling(restarted);
    assertThat(next(rolling, held(MINE), UNTIL.minusSeconds(61)))
        .isInstanceOf(Step.AwaitRollout.class);
    assertThat(next(rolling, held(MINE), UNTIL.minusSeconds(60)))
        .isEqualTo(
            new Step.Failed(
                "Deployment shop/mail was restarted at 2026-03-08T02:17:03Z, but that was not"
                    + " complete by 2026-03-08T03:17:03.400Z: 1 of 3 pods are new."));
    GroupRecord after = decision(1).ended(held(MINE), (Step.Ending) late, NOW);
    assertThat(after.holders()).isEmpty();
    assertThat(after.failure()).isNotNull();
    assertThat(next(OLD, after, NOW)).isInstanceOf(Step.Done.class);
  }

  @Test
  void aStoppedGroupStaysStopped() {
    var failure = new Failure("push", SINCE, "It did not come up.");
    var stopped = new GroupRecord(List.of(), failure, List.of());
    assertThat(next(OLD, stopped, NOW))
        .isInstanceOfSatisfying(
            Step.GroupStopped.class,
            step ->
                assertThat(step.sentence())
                    .isEqualTo(
                        "Group queue is stopped since 2026-03-08T02:17:03Z because of worker push,"
                            + " so Deployment shop/mail is not restarted. Once that is put right:"
                            + " monolift restart clear queue -n shop. What went wrong: It did not"
                            + " come up."));
    // what was restarted before is still seen through
    var both = new GroupRecord(List.of(MINE), failure, List.of());
    assertThat(next(Rolled.restartedAt(OLD, SINCE.toString()), both, NOW))
        .isInstanceOf(Step.Restarted.class);
    assertThat(next(OLD, both, NOW)).isInstanceOf(Step.GroupStopped.class);
    assertThat(next(OLD, stopped.cleared(), NOW)).isInstanceOf(Step.TakeTurn.class);
  }

  @Test
  void aSilentHolderStopsTheGroup() {
    assertThat(next(OLD, held(OTHER), UNTIL)).isNotInstanceOf(Step.GroupStopped.class);
    Step step = next(OLD, held(OTHER), UNTIL.plusSeconds(1));
    assertThat(step).isInstanceOf(Step.GroupStopped.class);
    GroupRecord after = decision(1).ended(held(OTHER), (Step.Ending) step, UNTIL.plusSeconds(1));
    assertThat(after.holders()).isEmpty();
    assertThat(after.result("push").orElseThrow().outcome()).isEqualTo(Outcome.Failed);
    assertThat(after.result("mail").orElseThrow().outcome()).isEqualTo(Outcome.Stopped);
  }
}
