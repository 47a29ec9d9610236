package dev.monolift.cli;

import dev.monolift.kube.GroupLeases;
import dev.monolift.kube.RestartAccess;
import dev.monolift.kube.RestartRefused;
import dev.monolift.restart.GroupRecord;
import dev.monolift.restart.Outcome;
import dev.monolift.restart.RecordJson;
import dev.monolift.restart.RestartDecision;
import dev.monolift.restart.RestartNames;
import dev.monolift.restart.RestartSettings;
import dev.monolift.restart.Sentences;
import dev.monolift.restart.Step;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One pod's work: look, decide, do one thing, look again. It keeps nothing in memory that the next
 * pod of the Job would need.
 */
final class RestartRun {
  private static final Duration LOOK_AT_ROLLOUT = Duration.ofSeconds(5);
  private static final Duration LOOK_FOR_TURN = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final RestartSettings settings;
  private final RestartDecision decision;
  private final RestartAccess access;
  private final InstantSource time;
  private final Pause pause;
  private final Consumer<String> progress;
  private String told = "";

  /** Waiting, which tests cut short. */
  @FunctionalInterface
  interface Pause {
    /**
     * Waits about this long: pods of a group that started together shall not ask together.
     *
     * @throws InterruptedException when this pod is to end
     */
    void about(Duration time) throws InterruptedException;
  }

  /**
   * How it ended.
   *
   * @param outcome how
   * @param sentence the same for people
   */
  record End(Outcome outcome, String sentence) {}

  /**
   * A pod.
   *
   * @param settings what it is to do
   * @param access the cluster
   * @param time the clock
   * @param pause how it waits
   * @param progress gets a line when something has changed
   */
  RestartRun(
      RestartSettings settings,
      RestartAccess access,
      InstantSource time,
      Pause pause,
      Consumer<String> progress) {
    this.settings = settings;
    this.decision = new RestartDecision(settings);
    this.access = access;
    this.time = time;
    this.pause = pause;
    this.progress = progress;
  }

  /**
   * Works until the Job has its result.
   *
   * @throws KubernetesClientException when the API server did not answer until the timeout
   * @throws InterruptedException when it is to end; a further pod of the Job goes on
   */
  End run() throws InterruptedException {
    var giveUp = settings.start().plus(settings.rules().timeout());
    while (true) {
      try {
        Optional<End> end = look();
        if (end.isPresent()) {
          return end.get();
        }
      } catch (KubernetesClientException e) {
        if (!time.instant().isBefore(giveUp)) {
          throw e;
        }
        tell("The API server does not answer, trying again: " + e.getMessage());
        pause.about(LOOK_AT_ROLLOUT);
      }
    }
  }

  private Optional<End> look() throws InterruptedException {
    try {
      Optional<Lease> lease = access.lease();
      return lease.isEmpty()
          ? Optional.of(new End(Outcome.Failed, noLease()))
          : follow(lease.get(), GroupLeases.record(lease.get()));
    } catch (RecordJson.Corrupt e) {
      return Optional.of(new End(Outcome.Failed, corrupt(e)));
    } catch (RestartRefused e) {
      return Optional.of(new End(Outcome.Failed, sentence(e)));
    }
  }

  private Optional<End> follow(Lease lease, GroupRecord record) throws InterruptedException {
    Step step;
    try {
      Deployment deployment = access.deployment().orElse(null);
      step = decision.next(deployment, record, time.instant());
      if (step instanceof Step.Restart restart && deployment != null) {
        boolean done = access.restart(deployment, restart.since());
        tell(done ? "Restarted; waiting for the rollout." : "The Deployment has just changed.");
        return lookAgain(done);
      }
    } catch (RestartRefused e) {
      step = new Step.Refused(sentence(e));
    }
    return switch (step) {
      case Step.Done done ->
          Optional.of(new End(done.result().outcome(), done.result().sentence()));
      case Step.Ending ending -> ended(lease, record, ending);
      case Step.TakeTurn turn -> lookAgain(access.write(lease, decision.taken(record, turn)));
      case Step.WaitForTurn wait -> later("Waiting: " + wait.sentence() + ".", LOOK_FOR_TURN);
      case Step.AwaitRollout wait -> later("Waiting: " + wait.sentence() + ".", LOOK_AT_ROLLOUT);
      case Step.Restart restart ->
          throw new IllegalStateException("no Deployment to restart: " + restart);
    };
  }

  private Optional<End> ended(Lease lease, GroupRecord record, Step.Ending ending)
      throws InterruptedException {
    return access.write(lease, decision.ended(record, ending, time.instant()))
        ? Optional.of(new End(ending.outcome(), ending.sentence()))
        : lookAgain(false);
  }

  private Optional<End> lookAgain(boolean atOnce) throws InterruptedException {
    if (!atOnce) {
      pause.about(LOOK_AGAIN);
    }
    return Optional.empty();
  }

  private Optional<End> later(String sentence, Duration pauseOf) throws InterruptedException {
    tell(sentence);
    pause.about(pauseOf);
    return Optional.empty();
  }

  private void tell(String sentence) {
    if (!sentence.equals(told)) {
      told = sentence;
      progress.accept(sentence);
    }
  }

  private String noLease() {
    return "There is no "
        + leaseName()
        + ", in which the workers of group "
        + settings.group()
        + " agree on their turns. The operator makes it: look whether it runs, and at the conditions"
        + " of MonolithWorker "
        + settings.worker()
        + ". Nothing was restarted.";
  }

  private String corrupt(RecordJson.Corrupt why) {
    return "The record of group "
        + settings.group()
        + " cannot be read ("
        + why.getMessage()
        + "), so nothing is restarted. It is in the annotation "
        + RecordJson.ANNOTATION
        + " of "
        + leaseName()
        + "; look at it, then remove it with: "
        + Sentences.clearCommand(settings.group(), settings.namespace());
  }

  private String leaseName() {
    return "Lease " + settings.namespace() + "/" + RestartNames.lease(settings.group());
  }

  private static String sentence(RestartRefused refused) {
    return String.valueOf(refused.getMessage());
  }
}
