package dev.monolift.drain.lab;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How workers are started in real images: twelve ways that cut jobs, and six good ones. */
public enum Shape {
  /** PHP that dies of the signal. */
  NO_HANDLER("PHP without a handler", "php", "@LAB/worker.php", "none"),
  /** PHP that notes the signal and never looks. */
  NOT_DISPATCHED("PHP whose handler is never run", "php", "@LAB/worker.php", "late"),
  /** A shell script that starts PHP and waits. */
  SCRIPT("a script without exec", "@LAB/run.sh"),
  /** PHP in a pipe. */
  PIPE("php | tee", "sh", "-c", "@WORKER async | tee @LAB/log"),
  /** A shell that catches the signal for itself. */
  DEAF_TRAP(
      "a trap that does not forward", "sh", "-c", "trap 'echo bye' TERM; @WORKER async; true"),
  /** A shell that starts PHP again and again. */
  LOOP("while true; do php ...; done", "sh", "-c", "while true; do @WORKER async; done"),
  /** A shell with one command, which dash does not become. */
  SH_C("sh -c 'php ...'", "sh", "-c", "@WORKER async"),
  /** bash that stays because of a redirection. */
  REDIRECTED("bash -c 'php ... >log'", "/usr/bin/bash", "-c", "@WORKER async >@LAB/log; exit"),
  /** bash with something after PHP. */
  BASH_TRUE("bash -c 'php ...; true'", "/usr/bin/bash", "-c", "@WORKER async; true"),
  /** An init in front of a script. */
  TINI("tini in front of a script without exec", "tini", "-g", "--", "@LAB/run.sh"),
  /** supervisord that signals a shell and PHP at the same time. */
  SUPERVISED_SCRIPT(
      "supervisord with stopasgroup and a script",
      "supervisord",
      "-c",
      "@LAB/supervisord-script.conf"),
  /** An image with a stop signal for which PHP has no handler. */
  QUIT_IMAGE("an image whose STOPSIGNAL is QUIT", "php", "@LAB/worker.php", "async"),

  /** PHP gets the signal from the kernel. */
  DIRECT("php as the first process", "php", "@LAB/worker.php", "async"),
  /** A script that becomes PHP. */
  EXEC_SCRIPT("a script with exec", "@LAB/exec.sh"),
  /** A shell that becomes PHP. */
  SH_C_EXEC("sh -c 'exec php ...'", "sh", "-c", "exec @WORKER async"),
  /** bash with one command, which it becomes. */
  BASH_C("bash -c 'php ...'", "/usr/bin/bash", "-c", "@WORKER async"),
  /** A shell that passes the signal on and waits. */
  FORWARDING("a script that traps, forwards and waits", "@LAB/forward.sh"),
  /** supervisord that signals PHP. */
  SUPERVISED_PHP("supervisord with php", "supervisord", "-c", "@LAB/supervisord.conf");

  final String title;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  final List<String> command;

  Shape(String title, String... command) {
    this.title = title;
    this.command = List.of(command);
  }

  boolean isGood(Shell shell) {
    return EnumSet.range(DIRECT, SUPERVISED_PHP).contains(this)
        || (this == SH_C && shell != Shell.DASH);
  }

  /**
   * What it is.
   *
   * @return a few words
   */
  public String title() {
    return title;
  }

  /**
   * What starts it.
   *
   * @return program and arguments, in which {@code @LAB} stands for the folder with the files of
   *     src/test/container and {@code @WORKER} for PHP with the worker
   */
  public List<String> command() {
    return command;
  }

  /**
   * Whether it cuts jobs without help, where /bin/sh is dash.
   *
   * @return false for the good ones
   */
  public boolean isBroken() {
    return !isGood(Shell.DASH);
  }

  /**
   * Whether its first process, which a Hook cannot stop, starts the program again: that one may
   * have a job before it is seen. It is asked like the first, so no job is cut.
   */
  boolean startsAgain() {
    return this == SUPERVISED_PHP || this == SUPERVISED_SCRIPT;
  }

  Setup setup(Shell shell, Program role) {
    var setup = Setup.of(shell, role, command.toArray(String[]::new));
    return this == QUIT_IMAGE ? setup.withStopSignal("QUIT") : setup;
  }

  /**
   * What the report has to say.
   *
   * @param role role of the drain program
   * @return the finding as DrainReport's constant; null when there is none, because it drains
   */
  public @Nullable String finding(Program role) {
    return switch (this) {
      case NO_HANDLER -> "NoHandler";
      case NOT_DISPATCHED -> "HandlerNotRun";
      case LOOP -> role == Program.Hook ? "StartedAgain" : null;
      default -> null;
    };
  }
}
