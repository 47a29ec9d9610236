package dev.monolift.drain;

/** What a container's command looks like to somebody who wants to stop it. */
public enum EntrypointShape {
  /** The kernel gives the stop signal to PHP itself. */
  DirectPhp(Stop.Drains),
  /** The same, and its text shows a signal handler. */
  PhpWithHandler(Stop.Drains),
  /** A shell that replaces itself by the program with {@code exec}. */
  ShellExec(Stop.Drains),
  /** A shell that replaces itself by the program because it is its last command. */
  ShellLastCommand(Stop.Drains),
  /** A shell that passes the signal on and waits. */
  TrapForwards(Stop.Drains),
  /** supervisord with the program itself below it. */
  SupervisordDirect(Stop.Drains),
  /** A web server or php-fpm: not a queue worker. */
  WebServer(Stop.Depends),
  /** PHP whose text has no signal handler. */
  NoHandler(Stop.Breaks),
  /** PHP whose text has a signal handler that PHP never comes to run. */
  HandlerNotRun(Stop.Breaks),
  /** A script that starts the program and waits for it. */
  ScriptWithoutExec(Stop.Breaks),
  /** The program is part of a pipe. */
  ShellPipe(Stop.Breaks),
  /** A shell that catches the signal and does not pass it on. */
  TrapWithoutForward(Stop.Breaks),
  /** A shell that starts the program again and again. */
  ShellLoop(Stop.Breaks),
  /** {@code sh -c} with a shell that starts even its last command as a child. */
  ShellForks(Stop.Breaks),
  /** {@code bash -c} with a redirection, for which bash stays. */
  ShellRedirect(Stop.Breaks),
  /** {@code sh -c} with something after the program. */
  CommandAfter(Stop.Breaks),
  /** A shell that starts the program in the background. */
  ShellBackground(Stop.Breaks),
  /** tini, dumb-init or the like before a shell that waits for the program. */
  InitBeforeShell(Stop.Breaks),
  /** supervisord with a shell below it that waits for the program. */
  SupervisordShell(Stop.Breaks),
  /** A program such as flock that waits for the program and passes no signal on. */
  WrapperWaits(Stop.Breaks),
  /** The image's stop signal is not the one on which the program stops. */
  ForeignStopSignal(Stop.Breaks),
  /** {@code sh -c}, where it is not known which shell the image has. */
  ShellMayFork(Stop.Depends),
  /** A script that is in the image. */
  ScriptNotVisible(Stop.Depends),
  /** tini, dumb-init or the like before a script that is in the image. */
  InitBeforeScript(Stop.Depends),
  /** supervisord, whose configuration is in the image. */
  Supervisord(Stop.Depends),
  /** No command: the image's own entrypoint. */
  ImageEntrypoint(Stop.Depends),
  /** A shell text that is not POSIX shell. */
  ShellUnreadable(Stop.Depends),
  /** A program that is not known here. */
  OtherProgram(Stop.Depends);

  private final Stop stop;

  EntrypointShape(Stop stop) {
    this.stop = stop;
  }

  /**
   * What becomes of a stop when nobody helps.
   *
   * @return the outcome
   */
  public Stop stop() {
    return stop;
  }

  /** What becomes of the stop of a container when nobody helps. */
  public enum Stop {
    /** The signal comes to the program. */
    Drains,
    /** It does not, or not in time: the job is lost. */
    Breaks,
    /** What is known here does not tell. */
    Depends
  }
}
