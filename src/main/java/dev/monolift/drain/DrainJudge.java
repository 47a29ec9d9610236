package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of verdicts: container reason, exit code, drain report, busy file, other containers and
 * how the pod went. The first rule that fits decides; what cannot be known comes first, because an
 * exit code may be made up, then what the kernel did, because a shell hides it behind its own exit
 * code. Every cell is in src/test/resources/dev/monolift/drain/verdicts.txt.
 */
final class DrainJudge {
  private static final int SIGNALLED = 128;
  private static final int KILLED = SIGNALLED + 9;
  private static final int TERMINATED = SIGNALLED + 15;

  /** Signals that ask a program to end: HUP, INT, QUIT, USR1, USR2, TERM, WINCH. */
  private static final Set<Integer> ASKING = Set.of(129, 130, 131, 138, 140, 143, 156);

  /** Signals of a process that went wrong: ILL, TRAP, ABRT, BUS, FPE, SEGV, SYS. */
  private static final Set<Integer> CRASHING = Set.of(132, 133, 134, 135, 136, 139, 159);

  /**
   * Whole seconds are rounded down, and the drain program may end things a little before the
   * kubelet does.
   */
  private static final long GRACE_TOLERANCE = 2;

  private final PodEnd pod;
  private final Departure departure;
  private final @Nullable DrainReport report;

  private DrainJudge(PodEnd pod) {
    this.pod = pod;
    this.departure = pod.departure();
    this.report = pod.ended().flatMap(end -> DrainReports.parse(end.message())).orElse(null);
  }

  /**
   * Judges a pod that is gone, or that is settled.
   *
   * @param pod what was seen of it
   * @return the verdict and why
   */
  static Judgement judge(PodEnd pod) {
    var judge = new DrainJudge(pod);
    var ruling = judge.ruling();
    return new Judgement(
        ruling.verdict(),
        ruling.reason(),
        new EndSentence(pod, judge.report, judge.exit()).of(ruling.verdict(), ruling.reason()));
  }

  /** A verdict and why. */
  private record Ruling(Verdict verdict, EndReason reason) {}

  private Ruling ruling() {
    return switch (pod.program()) {
      case PodEnd.Program.NotStarted n ->
          departure.nodeIsGone() && departure.scheduled()
              ? new Ruling(Verdict.NodeLost, EndReason.NodeLost)
              : new Ruling(Verdict.NeverStarted, EndReason.NeverStarted);
      case PodEnd.Program.Running r -> notReported();
      case PodEnd.Program.Ended ended -> ended(ended.end());
    };
  }

  private Ruling notReported() {
    if (departure.nodeIsGone()) {
      return new Ruling(Verdict.NodeLost, EndReason.NodeLost);
    }
    return new Ruling(
        Verdict.Unknown, departure.byForce() ? EndReason.ForceDeleted : EndReason.EndNotReported);
  }

  private Ruling ended(ContainerEnd end) {
    if (end.neverRan()) {
      return new Ruling(Verdict.NeverStarted, EndReason.CannotStart);
    }
    if (end.isOutOfMemory()) {
      return new Ruling(Verdict.OutOfMemory, EndReason.OOMKilled);
    }
    if (end.isMadeUp() && !hasEndedReport()) {
      return departure.nodeIsGone()
          ? new Ruling(Verdict.NodeLost, EndReason.NodeLost)
          : new Ruling(Verdict.Unknown, EndReason.ContainerStatusUnknown);
    }
    if (finding().filter(EndReason.StartFailed::equals).isPresent() && exit() != KILLED) {
      return new Ruling(Verdict.Crashed, EndReason.StartFailed);
    }
    return byExitCode(end);
  }

  private Ruling byExitCode(ContainerEnd end) {
    int exit = exit();
    if (exit == 0) {
      return byItself();
    }
    if (exit == KILLED && !endedBetweenJobs()) {
      return new Ruling(Verdict.Killed, whyKilled(end));
    }
    if (exit == KILLED || ASKING.contains(exit)) {
      return bySignal();
    }
    return new Ruling(Verdict.Crashed, whyCrashed(end, exit));
  }

  private Ruling byItself() {
    if (jobLeft()) {
      return new Ruling(Verdict.Cut, EndReason.JobUnfinished);
    }
    if (isExitLost()) {
      return new Ruling(Verdict.Unknown, EndReason.ExitUnknown);
    }
    if (finding().filter(EndReason.FirstProcessEnds::equals).isPresent() && !hasEndedReport()) {
      return new Ruling(Verdict.Cut, EndReason.FirstProcessEnds);
    }
    return new Ruling(
        Verdict.Clean,
        finding().orElse(pod.endedBeforeTheRequest() ? EndReason.NotRunning : EndReason.Completed));
  }

  private Ruling bySignal() {
    if (jobDone()) {
      return new Ruling(Verdict.Clean, finding().orElse(EndReason.EndedBetweenJobs));
    }
    return new Ruling(Verdict.Cut, finding().orElse(EndReason.EndedBySignal));
  }

  private EndReason whyKilled(ContainerEnd end) {
    if (pod.endedBeforeTheRequest()) {
      return EndReason.KilledBefore;
    }
    if (departure.nodeShutsDown()) {
      return EndReason.NodeShutdown;
    }
    if (departure.evictedByKubelet()) {
      return EndReason.EvictedByNode;
    }
    if (!isGraceOver()) {
      return EndReason.KilledEarly;
    }
    if (hasEndedReport() && report != null && !Integer.valueOf(KILLED).equals(report.exit())) {
      return EndReason.LeftRunning;
    }
    return finding().orElseGet(() -> whyGraceWasOver(end));
  }

  private EndReason whyGraceWasOver(ContainerEnd end) {
    if (report == null || end.isMadeUp()) {
      return EndReason.GraceOver;
    }
    return switch (report.state()) {
      case Asked -> EndReason.StillStarting;
      case Signalled -> EndReason.JobTooLong;
      case Ended -> EndReason.JobTooLong;
    };
  }

  private EndReason whyCrashed(ContainerEnd end, int exit) {
    if (pod.others().stream().anyMatch(other -> other.endedBefore(end))) {
      return EndReason.OtherContainerFirst;
    }
    if (CRASHING.contains(exit)) {
      return EndReason.CrashedBySignal;
    }
    return switch (exit) {
      case 126, 127 -> EndReason.CommandNotFound;
      case 255 -> EndReason.FatalError;
      default -> EndReason.ExitedWithError;
    };
  }

  /** The exit code that counts: the report's where the container's is made up or hides it. */
  private int exit() {
    int exit = pod.ended().map(ContainerEnd::exitCode).orElse(0);
    boolean decides =
        exit != 0 && pod.ended().filter(ContainerEnd::isMadeUp).isEmpty() && !isOfTheHook(exit);
    if (decides || report == null || !hasEndedReport() || report.exit() == null) {
      return exit;
    }
    return report.exit();
  }

  /**
   * A Hook that has seen the program end ends the shells that are left, by TERM or KILL; an init in
   * front of them, such as tini, makes that the code of the container.
   */
  private boolean isOfTheHook(int exit) {
    return report != null
        && report.role() == Program.Hook
        && hasEndedReport()
        && (exit == TERMINATED || (exit == KILLED && (pod.seconds() == null || !isGraceOver())));
  }

  private boolean hasEndedReport() {
    return report != null && report.state() == DrainReport.State.Ended && report.exit() != null;
  }

  /**
   * The drain program kills a process without a handler where its busy file shows that no job is
   * cut. A kill by the kubelet takes the drain program with it, so there is no report of the end.
   */
  private boolean endedBetweenJobs() {
    return jobDone()
        && report != null
        && (report.received() != null || report.role() == Program.Hook)
        && Integer.valueOf(KILLED).equals(report.exit());
  }

  private boolean jobLeft() {
    return atTheEnd(Boolean.TRUE);
  }

  private boolean jobDone() {
    return atTheEnd(Boolean.FALSE);
  }

  /** A report from before the end cannot know whether the job was finished. */
  private boolean atTheEnd(Boolean busy) {
    return report != null
        && report.state() == DrainReport.State.Ended
        && busy.equals(report.busy());
  }

  private Optional<EndReason> finding() {
    return report == null
        ? Optional.empty()
        : EndReason.ofFinding(report.finding()).filter(it -> it != EndReason.ExitUnknown);
  }

  /** A Wrap's shell may lose it; that matters only when nothing else tells of the end. */
  private boolean isExitLost() {
    return report != null
        && report.role() == Program.Wrap
        && hasEndedReport()
        && DrainReport.EXIT_UNKNOWN.equals(report.finding());
  }

  private boolean isGraceOver() {
    Long seconds = pod.seconds();
    return seconds == null || seconds >= departure.grace() - GRACE_TOLERANCE;
  }
}
