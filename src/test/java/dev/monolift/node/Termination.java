package dev.monolift.node;

/**
 * Something that ends pods.
 *
 * @param kind what
 * @param worker name of the worker whose pods it ends
 * @param pods how many pods, where that can be said
 * @param pauseMillis time until the second half of it, where it has one
 */
record Termination(Kind kind, String worker, int pods, int pauseMillis) {
  /** What ends pods. */
  enum Kind {
    /** Fewer replicas. */
    SCALE_IN("ScaleIn"),
    /** Another template. */
    ROLLOUT("Rollout"),
    /** A second change of the template while the first rolls out. */
    SECOND_ROLLOUT("Rollout"),
    /** The daily restart: a Job of the worker's own CronJob. */
    DAILY_RESTART("Restart"),
    /** {@code kubectl delete pod}. */
    DELETE("Delete"),
    /** The eviction API. */
    EVICTION("Eviction"),
    /** {@code kubectl drain} of the node, of the worker's pods only. */
    NODE_DRAIN("Eviction"),
    /** Another template, and the leading operator is killed in the middle. */
    LEADER_KILLED("Rollout"),
    /** {@code kubectl delete pod} while no operator runs at all. */
    OPERATOR_AWAY("Delete");

    private final String cause;

    Kind(String cause) {
      this.cause = cause;
    }

    /** What Monolift has to name as the cause. */
    String cause() {
      return cause;
    }
  }
}
