package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says how a pod ended.
 *
 * @param pod what was seen of it
 * @param report its drain report; null when there is none
 * @param exit the exit code that counts
 */
record EndSentence(PodEnd pod, @Nullable DrainReport report, int exit) {

  private static final int LONGEST = 700;

  /**
   * The message of a judgement.
   *
   * @param verdict the verdict
   * @param reason why
   * @return what happened, and what to do about it
   */
  String of(Verdict verdict, EndReason reason) {
    var text = new StringBuilder(what(verdict, reason)).append('.');
    if (report != null && report.detail() != null) {
      text.append(" The drain program says: ")
          .append(report.detail().replaceAll("[. ]+$", ""))
          .append('.');
    }
    if (verdict != Verdict.Clean && reason != EndReason.JobUnfinished && jobLeft()) {
      text.append(" The busy file was still there: a job was cut.");
    }
    reason.advice().ifPresent(advice -> text.append(' ').append(advice));
    return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST - 3) + "...";
  }

  private boolean jobLeft() {
    return report != null
        && report.state() == DrainReport.State.Ended
        && Boolean.TRUE.equals(report.busy());
  }

  private String what(Verdict verdict, EndReason reason) {
    return switch (verdict) {
      case Clean -> clean(reason);
      case Cut -> cut(reason);
      case Killed -> killed(reason);
      case OutOfMemory ->
          "A process of the program was killed for want of memory"
              + (exit == 0 ? ", although the container ended with exit code 0" : "");
      case Crashed -> crashed(reason);
      case NeverStarted ->
          reason == EndReason.CannotStart
              ? "The container could not be started" + runtimeMessage()
              : "The pod went before the program had started";
      case NodeLost -> "The node went away with the pod; nobody saw how the program ended";
      case Unknown -> unknown(reason);
    };
  }

  private String clean(EndReason reason) {
    return switch (reason) {
      case NotRunning ->
          "The program had ended with exit code 0 before the pod was asked to end, and was not"
              + " running then";
      case EndedBetweenJobs ->
          "Signal "
              + signal()
              + " ended the program"
              + after()
              + ", between two jobs: its busy file was gone";
      default -> ended("The program") + although(reason);
    };
  }

  private String cut(EndReason reason) {
    return switch (reason) {
      case JobUnfinished ->
          ended("The program") + ", but its busy file was still there: a job was cut";
      case FirstProcessEnds ->
          ended("The container's first process")
              + ", and took the program with it, whatever it was doing";
      default ->
          "Signal "
              + signal()
              + " ended the program"
              + after()
              + " and cut the job that it was working on, if any"
              + because(reason);
    };
  }

  private String killed(EndReason reason) {
    return switch (reason) {
      case KilledBefore -> "The program was killed before the pod was asked to end";
      case KilledEarly ->
          "The program was killed"
              + after()
              + ", before the grace period of "
              + pod.departure().grace()
              + " s was over";
      case NodeShutdown ->
          "The program was killed because the node was shut down before it had ended";
      case EvictedByNode ->
          "The program was killed because the node wanted its resources back (status.reason "
              + (pod.departure().reason().isEmpty()
                  ? Departure.BY_KUBELET
                  : pod.departure().reason())
              + ")";
      case LeftRunning ->
          atTheEndOfTheGrace("The container")
              + ": the program had ended, but something that it started was still running";
      case JobTooLong ->
          atTheEndOfTheGrace("The program") + ": it had got its signal and was still working";
      case StillStarting ->
          atTheEndOfTheGrace("The program") + ": it was still starting and had got no signal";
      case GraceOver -> atTheEndOfTheGrace("The program") + "; it left no drain report";
      default -> atTheEndOfTheGrace("The program") + because(reason);
    };
  }

  private String atTheEndOfTheGrace(String who) {
    return who + " was killed when the grace period of " + pod.departure().grace() + " s was over";
  }

  private String crashed(EndReason reason) {
    return switch (reason) {
      case StartFailed -> "The program failed to start too often; " + ended("it");
      case CrashedBySignal -> "The program crashed (signal " + (exit - 128) + ")" + after();
      case OtherContainerFirst ->
          ended("The program") + ", and " + othersBefore() + " had ended before it";
      default -> ended("The program");
    };
  }

  private String unknown(EndReason reason) {
    return switch (reason) {
      case ForceDeleted ->
          "The pod was deleted by force (grace period 0); nobody saw how the program ended";
      case ExitUnknown ->
          "The program ended by itself in the moment in which it was asked to, and the shell lost"
              + " its exit code";
      case ContainerStatusUnknown ->
          "The node lost sight of the container; its exit code is made up";
      default -> "The program was still running when the pod was last seen";
    };
  }

  private String ended(String who) {
    String after = after();
    return who + " ended with exit code " + exit + (after.isEmpty() ? "" : "," + after);
  }

  /** What the drain program found, although nothing came of it. */
  private static String although(EndReason reason) {
    return switch (reason) {
      case NoHandler -> ", although it does not catch the signal";
      case HandlerNotRun -> ", although it went on working after the signal";
      case StartedAgain -> ", although something started it again after the signal";
      case FirstProcessEnds -> ", although the container's first process does not wait for it";
      default -> "";
    };
  }

  /** What the drain program found. */
  private static String because(EndReason reason) {
    return switch (reason) {
      case NoHandler -> ": it does not catch the signal";
      case HandlerNotRun -> ": it caught the signal and went on working";
      case StartedAgain -> ": something started it again after the signal";
      case FirstProcessEnds -> ": the container's first process does not wait for it";
      case StartFailed -> ": it had failed to start too often";
      default -> "";
    };
  }

  private String after() {
    Long seconds = pod.seconds();
    if (seconds != null) {
      return " " + seconds + " s after the request";
    }
    return pod.endedBeforeTheRequest() ? " before the pod was asked to end" : "";
  }

  private String runtimeMessage() {
    String message = pod.ended().map(ContainerEnd::message).orElse("");
    String plain = message.replaceAll("\\p{Cntrl}+", " ").strip();
    return plain.isEmpty() || plain.startsWith("{")
        ? ""
        : ": " + (plain.length() <= 200 ? plain : plain.substring(0, 197) + "...");
  }

  private String othersBefore() {
    ContainerEnd program = pod.ended().orElseThrow();
    return pod.others().stream()
        .filter(other -> other.endedBefore(program))
        .limit(3)
        .map(
            other ->
                "container "
                    + other.container()
                    + " ("
                    + (other.isOutOfMemory() ? "OOMKilled, " : "")
                    + "exit code "
                    + other.exitCode()
                    + ")")
        .collect(Collectors.joining(" and "));
  }

  private String signal() {
    return switch (exit) {
      case 129 -> "HUP";
      case 130 -> "INT";
      case 131 -> "QUIT";
      case 138 -> "USR1";
      case 140 -> "USR2";
      case 137 -> "KILL";
      case 143 -> "TERM";
      case 156 -> "WINCH";
      default -> Integer.toString(exit - 128);
    };
  }
}
