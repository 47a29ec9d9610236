package dev.monolift.restart;

import java.time.Instant;

/** What the restarting program does next. */
public sealed interface Step {

  /**
   * Others have their turn; look again later.
   *
   * @param sentence whom it waits for
   */
  record WaitForTurn(String sentence) implements Step {}

  /**
   * Write this into the record, then look again.
   *
   * @param holder the Job with its turn
   */
  record TakeTurn(Holder holder) implements Step {}

  /**
   * Write the annotation, on condition that the Deployment is as it was seen, then look again.
   *
   * @param since its value
   */
  record Restart(Instant since) implements Step {}

  /**
   * The annotation is there; look again later.
   *
   * @param since its value
   * @param sentence how far the rollout is
   */
  record AwaitRollout(Instant since, String sentence) implements Step {}

  /** The Job ends with a result that is still to be written. */
  sealed interface Ending extends Step {
    /**
     * How it ends.
     *
     * @return the outcome
     */
    Outcome outcome();

    /**
     * How it ends, for people.
     *
     * @return a sentence
     */
    String sentence();

    /**
     * Whether no other worker of the group may be restarted until a person has looked.
     *
     * @return whether the group stops
     */
    default boolean stopsGroup() {
      return false;
    }
  }

  /**
   * Nothing is restarted, and that is fine.
   *
   * @param reason why
   * @param sentence why, for people
   */
  record Skip(Reason reason, String sentence) implements Ending {
    /** Why nothing is restarted. */
    public enum Reason {
      /** It was rolled out a short time ago. */
      TooYoung,
      /** A rollout is under way, or not all pods are available. */
      RolloutInProgress,
      /** Somebody has paused the Deployment. */
      Paused,
      /** It has no pods. */
      ScaledToZero,
      /** There is no such Deployment. */
      NotThere,
      /** Others had their turn for too long. */
      TurnNeverCame
    }

    @Override
    public Outcome outcome() {
      return Outcome.Skipped;
    }
  }

  /**
   * The rollout is complete.
   *
   * @param sentence what was done
   */
  record Restarted(String sentence) implements Ending {
    @Override
    public Outcome outcome() {
      return Outcome.Restarted;
    }
  }

  /**
   * The pods did not come up.
   *
   * @param sentence what went wrong
   */
  record Failed(String sentence) implements Ending {
    @Override
    public Outcome outcome() {
      return Outcome.Failed;
    }

    @Override
    public boolean stopsGroup() {
      return true;
    }
  }

  /**
   * The cluster does not let this program do its work. Nothing was changed, so the others may go
   * on; if they are refused as well, each of them says so.
   *
   * @param sentence what was refused
   */
  record Refused(String sentence) implements Ending {
    @Override
    public Outcome outcome() {
      return Outcome.Failed;
    }
  }

  /**
   * A worker of the group has failed, and nobody has cleared it.
   *
   * @param failure the failure
   * @param sentence the same for people, with the command that clears it
   */
  record GroupStopped(Failure failure, String sentence) implements Ending {
    @Override
    public Outcome outcome() {
      return Outcome.Stopped;
    }
  }

  /**
   * An earlier pod of this Job has written the result.
   *
   * @param result the result
   */
  record Done(Result result) implements Step {}
}
