package dev.monolift.consumers;

/** One thing that happens in a history. */
sealed interface Step {
  /**
   * {@code kubectl scale}.
   *
   * @param replicas wanted pods
   */
  record Scale(int replicas) implements Step {}

  /**
   * Two changes of the template, the second before the first has rolled out.
   *
   * @param pauseMillis time between them
   */
  record DoubleRollout(int pauseMillis) implements Step {}

  /** {@code kubectl rollout restart}, as the nightly restart does it: by a merge patch. */
  record Restart() implements Step {}

  /**
   * {@code kubectl delete pod}.
   *
   * @param pods how many
   */
  record Delete(int pods) implements Step {}

  /** {@code kubectl delete pod --force}: the object is gone at once. */
  record ForceDelete() implements Step {}

  /**
   * Evictions, by the API that respects disruption budgets.
   *
   * @param pods how many
   */
  record Evict(int pods) implements Step {}

  /** A pod that fails where it is and stays there as an object. */
  record Fail() implements Step {}

  /**
   * {@code kubectl drain}.
   *
   * @param node which of the history's nodes
   */
  record Drain(int node) implements Step {}

  /**
   * {@code kubectl uncordon}.
   *
   * @param node which of the history's nodes
   */
  record Uncordon(int node) implements Step {}

  /**
   * The end of pods that are terminating.
   *
   * @param pods how many
   * @param how how they end
   */
  record End(int pods, How how) implements Step {}

  /** How a terminating pod ends. */
  enum How {
    /** Its containers have ended, then it is gone. */
    CLEAN,
    /** It was killed, then it is gone. */
    KILLED,
    /** Its containers have ended and the object stays for a while. */
    STAYS,
    /** It is gone without a word, as with a lost node. */
    LOST
  }

  /**
   * Another bound.
   *
   * @param max the greatest number of consumers
   */
  record Max(int max) implements Step {}

  /**
   * The end of an operator that cannot tidy up.
   *
   * @param slot which operator
   */
  record Kill(int slot) implements Step {}

  /**
   * The end of an operator in the middle of its work at the gate.
   *
   * @param slot which operator
   * @param write the write at which it ends, counted from now
   * @param after whether that write still reaches the API server
   */
  record KillAt(int slot, int write, boolean after) implements Step {}

  /**
   * The start of an operator that is not there.
   *
   * @param slot which operator
   */
  record Start(int slot) implements Step {}

  /**
   * An operator stands still, in the middle of whatever it does.
   *
   * @param slot which operator
   */
  record Pause(int slot) implements Step {}

  /**
   * It goes on, as if nothing had happened.
   *
   * @param slot which operator
   */
  record Resume(int slot) implements Step {}

  /** Somebody else takes the leader's lease away; the leader does not know yet. */
  record LeaderChange() implements Step {}

  /**
   * The leader is killed, or stands still, until another one leads.
   *
   * @param kill whether it is killed
   */
  record LongLeaderChange(boolean kill) implements Step {}
}
