package dev.monolift.plan;

/** Labels and annotations that the operator writes on children. */
public final class Labels {
  /** On every child; informers of children select by it. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Value of {@link #MANAGED_BY}, and the one field manager of the operator. */
  public static final String MONOLIFT = "monolift";

  /** Name of the {@code MonolithWorker} a child belongs to; selector of its pods. */
  public static final String WORKER = "monolift.dev/worker";

  /** Annotation: uid of the resource a child belongs to, also when there is no owner reference. */
  public static final String OWNER_UID = "monolift.dev/owner-uid";

  /**
   * Annotation: the object existed before its resource and was taken over. It is written with the
   * take-over itself, so a crash right after it loses nothing.
   */
  public static final String ADOPTED = "monolift.dev/adopted";

  /** Annotation: digest of what the last apply sent. */
  public static final String APPLIED = "monolift.dev/applied";

  /**
   * Finalizer of a pod: it stays until its verdict is in the status. It comes with the pod template
   * and is removed by the operator, or by {@code monolift release-pods}.
   */
  public static final String DRAIN_VERDICT = "monolift.dev/drain-verdict";

  /**
   * Scheduling gate of a pod that may not start yet. It comes with the pod template and is removed
   * by the operator alone.
   */
  public static final String START_GATE = "monolift.dev/start";

  /** Name of the group whose workers are restarted one after the other; on its Lease. */
  public static final String RESTART_GROUP = "monolift.dev/restart-group";

  private Labels() {}
}
