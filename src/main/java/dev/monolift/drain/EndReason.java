package dev.monolift.drain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a verdict is what it is: the word in the status, and what a person should do about it. */
enum EndReason {
  /** Ended by itself, after its job. */
  Completed(null),
  /** Was not running when the pod was asked to end. */
  NotRunning(null),
  /** A signal ended it while it kept no busy file. */
  EndedBetweenJobs(null),
  /** Finding of the drain program. */
  NoHandler(
      "Let the program catch the signal (pcntl_async_signals(true) and pcntl_signal()), or set"
          + " spec.drain.signal to the one that it catches."),
  /** Finding of the drain program. */
  HandlerNotRun(
      "Call pcntl_async_signals(true) when the program starts, or pcntl_signal_dispatch() after"
          + " each job, and let the handler end the loop; if it does, raise"
          + " spec.drain.longestJobSeconds."),
  /** Finding of the drain program. */
  StartedAgain(
      "Take the loop out of the entrypoint: let the command start the program once, and set"
          + " spec.onExit: RestartInPlace."),
  /** Finding of the drain program. */
  FirstProcessEnds(
      "Start the program with exec, or set spec.template's command so that Monolift can wrap it."),
  /** Finding of the drain program. */
  StartFailed(
      "Look at its log for the error; if it may end that soon, lower"
          + " spec.inPlaceRestart.startSeconds."),
  /** Finding of the drain program. */
  ExitUnknown("Look at the program's log. Whether a job was cut, only the queue can tell."),
  /** The busy file was still there. */
  JobUnfinished(
      "Let the program end after its job only: look for exit() in the signal handler or in the"
          + " job."),
  /** Died of the signal that asked it to end. */
  EndedBySignal(
      "Let the program catch the signal and end with exit code 0 after its job, or set"
          + " spec.drain.signal to the one that it catches."),
  /** Had the signal, and went on working. */
  JobTooLong(
      "Raise spec.drain.longestJobSeconds, or spec.drain.longestWaitSeconds when it was waiting for"
          + " a job: the grace period follows them."),
  /** Had not started up when the grace was over. */
  StillStarting(
      "Raise spec.drain.longestJobSeconds by the time that the program needs to start, or make the"
          + " start shorter."),
  /** Killed, and nobody told what it did before. */
  GraceOver(
      "Let the program stop on its signal within the grace period; with spec.drain.program: Auto"
          + " Monolift sees to that and says what is in the way."),
  /** What it started was killed. */
  LeftRunning("Let the program wait for the processes that it starts before it ends."),
  /** Killed before the grace was over. */
  KilledEarly(
      "Look for who did it: a deletion with a shorter --grace-period, the kernel for want of memory"
          + " (raise the memory limit), or somebody's kill -9."),
  /** Killed before anybody asked the pod to end. */
  KilledBefore(
      "Look at the pod's events: a liveness probe that fails does that, and the kernel for want of"
          + " memory."),
  /** The node wanted its resources back. */
  EvictedByNode(
      "Set memory and ephemeral-storage requests as high as what the program really uses, so that"
          + " the node does not run out."),
  /** The node's own time was shorter. */
  NodeShutdown(
      "Give pods more time in the kubelet's shutdownGracePeriod, or drain the node before it is"
          + " shut down."),
  /** The kernel's doing. */
  OOMKilled(
      "Raise the container's memory limit, or let the program end after fewer jobs so that its"
          + " memory is given back."),
  /** Other exit codes. */
  ExitedWithError("Look at the program's log for the error."),
  /** PHP's exit code 255. */
  FatalError(
      "PHP ends with 255 on a fatal error or an exception that nobody catches: look at the"
          + " program's log."),
  /** Exit codes 126 and 127. */
  CommandNotFound("Correct command and args in spec.template, or the image."),
  /** SIGSEGV and the like. */
  CrashedBySignal("PHP or one of its extensions crashed: update the image, or report it there."),
  /** A sidecar that the program may need had gone. */
  OtherContainerFirst(
      "If the program needs it, make it a native sidecar (an init container with restartPolicy:"
          + " Always): Kubernetes ends those after the program."),
  /** The container could not be started. */
  CannotStart("Correct command and args in spec.template, or the image."),
  /** Had not run. */
  NeverStarted(null),
  /** The node went away. */
  NodeLost("Look at the node. Whether a job was cut, only the queue can tell."),
  /** Deleted by force. */
  ForceDeleted(
      "Nobody waits for a job then: delete pods without --force, and let autoscalers keep the grace"
          + " period."),
  /** The kubelet lost the container. */
  ContainerStatusUnknown("Look at the node's kubelet and container runtime."),
  /** Gone, or kept for too long, without an end. */
  EndNotReported("Look at the node: its kubelet did not report the end."),
  /** Gone while nobody looked. */
  NotSeen(
      "That happens while the operator is away. With spec.drain.holdPods: true a pod stays until"
          + " its verdict is known.");

  private final @Nullable String advice;

  EndReason(@Nullable String advice) {
    this.advice = advice;
  }

  /** What to do about it; empty when there is nothing to do. */
  Optional<String> advice() {
    return Optional.ofNullable(advice);
  }

  /**
   * The reason of a finding.
   *
   * @param finding a finding of a checked report; null means none
   * @return its reason, of the same name; empty when there is none
   */
  static Optional<EndReason> ofFinding(@Nullable String finding) {
    return Optional.ofNullable(finding).map(EndReason::valueOf);
  }
}
