package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.api.v1alpha1.DrainSpec.Signal;
import org.jspecify.annotations.Nullable;

/**
 * What a person reads about a shape.
 *
 * @param what the program, script or text in question
 * @param stopSignal the signal that the container gets
 * @param wanted the signal on which the program stops
 * @param grace terminationGracePeriodSeconds
 * @param first whether the container's process is the first of its PID namespace, and so ignores
 *     what it does not catch
 */
record EntrypointTexts(String what, Signal stopSignal, Signal wanted, long grace, boolean first) {

  String without(EntrypointShape shape) {
    return switch (shape) {
      case DirectPhp ->
          "`"
              + what
              + "` gets the stop signal itself. Whether it has a handler for it is not visible here; it"
              + " shows when the first pod ends.";
      case PhpWithHandler -> "PHP gets the stop signal itself, and has a handler for it.";
      case ShellExec, ShellLastCommand ->
          "The shell becomes `" + what + "`, so the stop signal comes to it.";
      case TrapForwards ->
          "The shell passes the stop signal on to `" + what + "` and waits for it.";
      case SupervisordDirect -> "supervisord passes the stop signal on to its programs.";
      case Supervisord ->
          "What supervisord starts is not visible here ("
              + what
              + "). A program that it starts"
              + " directly gets the signal; one behind a shell script is cut.";
      case WebServer -> "This runs " + what + ", not a queue worker.";
      case NoHandler -> "`" + what + "` has no signal handler: " + end("PHP");
      case HandlerNotRun ->
          "`" + what + "` has a signal handler that PHP never comes to run: " + killed();
      case ForeignStopSignal ->
          "The stop signal is "
              + stopSignal
              + (stopSignal == Signal.TERM ? "" : " (the image's STOPSIGNAL)")
              + ", but the program stops on "
              + wanted
              + ": "
              + end("the program");
      case InitBeforeShell ->
          "The init passes the stop signal to the shell; the shell ends at once, and `"
              + what
              + "` is killed in the middle of its job.";
      case SupervisordShell ->
          "supervisord stops the shell of "
              + what
              + "; the shell ends at once, and the program is killed in the middle of its job.";
      case WrapperWaits ->
          "`" + what + "` waits for the program and passes no signal on: " + end("that");
      default -> shape.stop() == EntrypointShape.Stop.Breaks ? shell(shape) : unseen(shape);
    };
  }

  private String shell(EntrypointShape shape) {
    String why =
        switch (shape) {
          case ScriptWithoutExec -> "The script starts `" + what + "` without exec and stays.";
          case ShellPipe -> "`" + what + "` is part of a pipe, and the shell stays.";
          case TrapWithoutForward ->
              "The shell catches the stop signal and does not pass it on to `"
                  + what
                  + "` in time.";
          case ShellLoop -> "A loop in the shell starts `" + what + "` again and again.";
          case ShellRedirect -> "Because of the redirection bash stays while `" + what + "` runs.";
          case CommandAfter -> "The shell stays, because something follows after `" + what + "`.";
          case ShellBackground -> "The shell starts `" + what + "` in the background.";
          default -> "This shell stays while `" + what + "` runs.";
        };
    return why
        + (shape == EntrypointShape.TrapWithoutForward
            ? " The program is killed in the middle of its job."
            : " The stop signal comes to the shell only: " + end("the shell"));
  }

  private String unseen(EntrypointShape shape) {
    return switch (shape) {
      case ShellMayFork ->
          "On Debian and Ubuntu this shell stays while `"
              + what
              + "` runs, and the job is cut; on Alpine and Red Hat it becomes the program. The image's"
              + " name does not tell which it is.";
      case ScriptNotVisible ->
          "The script "
              + what
              + " is not visible here. When it ends with `exec php ...`, the signal comes through; else"
              + " the job is cut.";
      case InitBeforeScript ->
          "The script "
              + what
              + " is not visible here. When it ends with `exec php ...`, the signal comes through; else"
              + " the init ends the container at once.";
      case ImageEntrypoint ->
          "The container has no command: what the image starts is not visible here.";
      case ShellUnreadable -> "The shell text cannot be read as POSIX shell (" + what + ").";
      default -> "What `" + what + "` does on a stop is not known.";
    };
  }

  /** What becomes of a process that does not catch the signal. */
  private String end(String who) {
    return first
        ? who
            + " ignores it as the container's first process, and all is killed after "
            + grace
            + " s."
        : who + " ends at once, in the middle of the job.";
  }

  private String killed() {
    return "it goes on, and is killed after " + grace + " s.";
  }

  /** What Monolift does; None is the role of what it cannot follow. */
  String with(EntrypointShape shape, Program role) {
    if (role == Program.None) {
      return "None: the container has no command, and its preStop hook asks over the network, which"
          + " Monolift's hook cannot do for it. It is left as it is.";
    }
    String how =
        role == Program.Wrap
            ? "Wrap: Monolift starts the command"
            : "Hook: Monolift's preStop hook comes before the stop signal";
    return switch (shape) {
      case NoHandler, HandlerNotRun ->
          how
              + " and waits for the program to end by itself. When it does not, it is killed at the end of"
              + " the grace period, and the pod is reported with "
              + shape
              + ".";
      case WebServer -> how + ", and sends " + wanted + " to " + what + ".";
      case ShellLoop -> role == Program.Hook ? loopInHook() : how + broken();
      default ->
          how
              + (shape.stop() == EntrypointShape.Stop.Drains ? good() : broken())
              + (mayLoop(shape) && role == Program.Hook
                  ? " A loop in it cannot be stopped that way: that needs Wrap."
                  : "");
    };
  }

  private String good() {
    return ", sends " + wanted + " to the program, waits for its job, and reports how it ended.";
  }

  private String broken() {
    return ", sends "
        + wanted
        + " to the program below it and waits for its job; what is in between starts nothing more.";
  }

  private static String loopInHook() {
    return "Hook: the preStop hook stops the program after its job, but not the loop, which is the"
        + " container's first process: what it starts next is cut.";
  }

  private static boolean mayLoop(EntrypointShape shape) {
    return switch (shape) {
      case ScriptNotVisible, ImageEntrypoint, ShellUnreadable, OtherProgram -> true;
      default -> false;
    };
  }

  @Nullable String advice(EntrypointShape shape) {
    return switch (shape) {
      case NoHandler ->
          "Call pcntl_async_signals(true) and pcntl_signal(SIG"
              + wanted
              + ", ...), and leave the loop when the handler has run.";
      case HandlerNotRun ->
          "Call pcntl_async_signals(true) first, or pcntl_signal_dispatch() in the loop.";
      case ScriptWithoutExec, InitBeforeShell ->
          "Write `exec` before the program in the script's last line.";
      case ShellForks, ShellRedirect, ShellMayFork -> "Write `exec " + what + "`, or use no shell.";
      case CommandAfter -> "Write `exec` before the program and nothing after it.";
      case ShellPipe -> "Let the program write its log itself, and write `exec` before it.";
      case TrapWithoutForward -> "Use `exec` instead of the trap.";
      case ShellLoop ->
          "Use no loop but `onExit: RestartInPlace`, and let the command be the program.";
      case ShellBackground -> "Give every program a MonolithWorker of its own.";
      case SupervisordShell, Supervisord, SupervisordDirect ->
          "Give every program a MonolithWorker of its own, without supervisord; until then"
              + " its stopwaitsecs (10 unless set) must be longer than the longest job.";
      case WrapperWaits -> "Use a form that becomes the program (`flock -F`, `gosu`), or none.";
      case ForeignStopSignal ->
          stopSignal == Signal.TERM
              ? null
              : "Set drain.signal if the program stops on " + stopSignal + ".";
      case ImageEntrypoint -> "Write the command into the manifest; then Wrap works too.";
      case WebServer ->
          wanted == Signal.QUIT || !what.startsWith("php")
              ? null
              : "php-fpm ends its requests on QUIT only: set drain.signal: QUIT.";
      default -> null;
    };
  }
}
