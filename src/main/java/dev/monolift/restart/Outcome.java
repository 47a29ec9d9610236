package dev.monolift.restart;

/** How a Job of the daily restart ended. */
public enum Outcome {
  /** The Deployment was restarted and its new pods are available. */
  Restarted,
  /** There was no reason or no time to restart it; nothing was changed. */
  Skipped,
  /** It was to be restarted and that went wrong. */
  Failed,
  /** Another worker of its group had failed before; nothing was changed. */
  Stopped;

  /**
   * Whether nobody has to look.
   *
   * @return false for a failure and its consequences
   */
  public boolean isFine() {
    return this == Restarted || this == Skipped;
  }
}
