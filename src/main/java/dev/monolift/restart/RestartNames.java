package dev.monolift.restart;

import dev.monolift.plan.ChildNames;

/** Names that the operator, the restarting program and the admission policy have in common. */
public final class RestartNames {
  /** Field manager of the one change that the restarting program makes. */
  public static final String FIELD_MANAGER = "monolift-restart";

  /** Annotation of a pod template, written by {@code kubectl rollout restart} too. */
  public static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

  /** Label with the worker's name, on the Jobs that restart it and on their pods. */
  public static final String RESTART_OF_LABEL = "monolift.dev/restart-of";

  /** The CronJob controller adds 11 characters to make the name of a Job, which has 63. */
  private static final int CRON_JOB = 52;

  private static final int SUBDOMAIN = 253;

  private RestartNames() {}

  /**
   * The CronJob of a worker.
   *
   * @param worker name of the worker
   * @return at most 52 characters
   */
  public static String cronJob(String worker) {
    return ChildNames.child(worker, "restart", CRON_JOB);
  }

  /**
   * The ServiceAccount, the Role and the RoleBinding of a worker. The admission policy knows the
   * accounts by the end of their names.
   *
   * @param worker name of the worker
   * @return ends with {@code -monolift-restart}
   */
  public static String account(String worker) {
    return ChildNames.child(worker, "monolift-restart", SUBDOMAIN);
  }

  /**
   * The Lease of a group.
   *
   * @param group name of the group
   * @return the name of its Lease
   */
  public static String lease(String group) {
    return ChildNames.child("monolift-restart", group, SUBDOMAIN);
  }
}
