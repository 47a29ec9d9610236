package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.RestartSpec;
import dev.monolift.api.v1alpha1.RestartStatus;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Conditions.Status;
import dev.monolift.plan.Labels;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.ObsoleteChildren;
import dev.monolift.restart.RestartCheck;
import dev.monolift.restart.RestartDefaults;
import dev.monolift.restart.RestartObjects;
import dev.monolift.restart.RestartRequest;
import dev.monolift.restart.RestartSchedule;
import dev.monolift.restart.RestartedAt;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the objects that restart a worker once a day. They never hold the worker itself:
 * its pods are as wanted whether or not they are restarted.
 *
 * @param apply objects as they shall be, in the order of their application
 * @param delete objects to delete
 * @param condition what the user should know; null when no restart is wanted
 * @param status what is set up; null when no restart is wanted
 * @param isBlocked whether something that no watch tells of is in the way
 */
record RestartChildren(
    List<HasMetadata> apply,
    List<ObjectRef> delete,
    @Nullable Condition condition,
    @Nullable RestartStatus status,
    boolean isBlocked) {
  static final String CONDITION = "RestartScheduled";

  /**
   * Works it out.
   *
   * @param worker a worker whose input is good
   * @param seen objects of the restart, ours or not
   * @param live the Deployment; null when there is none yet
   * @param image image of the operator; null when nobody knows it
   */
  static RestartChildren of(
      MonolithWorker worker,
      List<HasMetadata> seen,
      @Nullable Deployment live,
      @Nullable String image) {
    RestartSpec spec = worker.getSpec().restart();
    if (spec == null) {
      return new RestartChildren(List.of(), obsolete(worker, seen, List.of()), null, null, false);
    }
    @Nullable String used = spec.pod() == null ? null : spec.pod().image();
    used = Objects.requireNonNullElse(used, Objects.requireNonNullElse(image, ""));
    if (used.isEmpty()) {
      return left(worker, noImage(), live, false);
    }
    var wanted = wanted(worker, spec, used);
    var foreign = seen.stream().filter(o -> isAny(o, wanted) && !isOurs(o, worker)).findFirst();
    return foreign.isPresent()
        ? left(worker, notOurs(foreign.get()), live, true)
        : scheduled(worker, spec, wanted, seen, live);
  }

  /** What is said while the worker is held: its restart stays as it is. */
  static Optional<Condition> held(MonolithWorker worker) {
    RestartSpec spec = worker.getSpec().restart();
    if (spec == null) {
      return Optional.empty();
    }
    return RestartCheck.of(spec)
        .map(problem -> isFalse(worker, new Problem(problem.reason(), problem.message())))
        .or(() -> WorkerConditions.current(worker, CONDITION));
  }

  private static List<HasMetadata> wanted(MonolithWorker worker, RestartSpec spec, String image) {
    var objects =
        new RestartObjects(
            new RestartRequest(
                worker.getMetadata().getNamespace(),
                worker.getMetadata().getName(),
                MonolithWorkerResources.deploymentName(worker),
                spec,
                image));
    var wanted = new ArrayList<HasMetadata>(List.of(objects.lease()));
    for (HasMetadata child : objects.children()) {
      child.setMetadata(MonolithWorkerResources.metadata(worker, child.getMetadata().getName()));
      wanted.add(child);
    }
    return wanted;
  }

  private static RestartChildren scheduled(
      MonolithWorker worker,
      RestartSpec spec,
      List<HasMetadata> wanted,
      List<HasMetadata> seen,
      @Nullable Deployment live) {
    var schedule =
        RestartSchedule.of(
            worker.getMetadata().getNamespace(), worker.getMetadata().getName(), spec);
    var delete = new ArrayList<>(obsolete(worker, seen, wanted));
    var apply = new ArrayList<>(wanted);
    // what a binding grants cannot be changed; the next pass makes it anew
    seen.stream()
        .filter(object -> isAny(object, wanted) && grantsSomethingElse(object, wanted))
        .forEach(
            object -> {
              delete.add(ObjectRef.of(object));
              apply.removeIf(child -> isSame(child, object));
            });
    boolean isSuspended = RestartDefaults.of(worker.getMetadata().getName(), spec).isSuspended();
    var condition =
        isSuspended
            ? isFalse(
                worker,
                new Problem(
                    "Suspended",
                    "spec.restart.suspend is set: the pods are not restarted. Otherwise they would"
                        + " be "
                        + schedule.words()
                        + "."))
            : Conditions.of(
                CONDITION,
                Status.True,
                "Scheduled",
                "The pods are restarted " + schedule.words() + ".",
                worker.getMetadata().getGeneration());
    return new RestartChildren(
        apply,
        delete,
        condition,
        new RestartStatus(schedule.cron(), schedule.timeZone(), lastRestart(live)),
        false);
  }

  /** Nothing is written: a restart that is set up goes on as it is. */
  private static RestartChildren left(
      MonolithWorker worker, Problem problem, @Nullable Deployment live, boolean isBlocked) {
    return new RestartChildren(
        List.of(),
        List.of(),
        isFalse(worker, problem),
        new RestartStatus(null, null, lastRestart(live)),
        isBlocked);
  }

  private static Condition isFalse(MonolithWorker worker, Problem problem) {
    return Conditions.of(
        CONDITION,
        Status.False,
        problem.reason(),
        Texts.bounded(problem.message()),
        worker.getMetadata().getGeneration());
  }

  private static Problem noImage() {
    return new Problem(
        "NoImage",
        "The operator does not know its own image, so no pod can ask for the restart. Set"
            + " spec.restart.pod.image, or start the operator with --image.");
  }

  private static Problem notOurs(HasMetadata foreign) {
    return new Problem(
        "NotOurs",
        foreign.getKind()
            + " "
            + foreign.getMetadata().getName()
            + " exists and does not belong to this MonolithWorker. Monolift leaves it alone, so the"
            + " restart is not set up. Rename or delete it, or remove spec.restart.");
  }

  private static @Nullable String lastRestart(@Nullable Deployment live) {
    return RestartedAt.time(live).map(Instant::toString).orElse(null);
  }

  /** The CronJob goes first, and the account last: nothing starts without its rights. */
  private static List<ObjectRef> obsolete(
      MonolithWorker worker, List<HasMetadata> seen, List<HasMetadata> wanted) {
    var own = seen.stream().filter(object -> isOurs(object, worker)).toList();
    return MonolithWorkerObserver.RESTART_TYPES.reversed().stream()
        .flatMap(
            type ->
                ObsoleteChildren.find(
                    own.stream().filter(type::isInstance).toList(),
                    wanted.stream().filter(type::isInstance).toList(),
                    Set.of())
                    .stream())
        .toList();
  }

  /**
   * Its own, or left by an earlier worker of the same name with deletionPolicy Orphan: then nobody
   * else has it.
   */
  private static boolean isOurs(HasMetadata object, MonolithWorker worker) {
    return Ownership.isOf(object, worker)
        || (Ownership.controller(object).isEmpty()
            && Ownership.annotation(object, Labels.OWNER_UID) != null
            && Labels.MONOLIFT.equals(Ownership.label(object, Labels.MANAGED_BY))
            && worker.getMetadata().getName().equals(Ownership.label(object, Labels.WORKER)));
  }

  private static boolean isAny(HasMetadata object, List<HasMetadata> wanted) {
    return wanted.stream().anyMatch(child -> isSame(child, object));
  }

  private static boolean isSame(HasMetadata a, HasMetadata b) {
    return a.getKind().equals(b.getKind())
        && a.getMetadata().getName().equals(b.getMetadata().getName());
  }

  private static boolean grantsSomethingElse(HasMetadata object, List<HasMetadata> wanted) {
    return object instanceof RoleBinding live
        && wanted.stream()
            .filter(child -> isSame(child, object))
            .map(RoleBinding.class::cast)
            .anyMatch(child -> !child.getRoleRef().equals(live.getRoleRef()));
  }
}
