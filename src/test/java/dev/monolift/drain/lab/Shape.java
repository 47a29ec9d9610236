package dev.monolift.drain.lab;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How workers are started in real images: twelve ways that cut jobs, and six good ones. */
enum Shape {
  NO_HANDLER("PHP without a handler", "php", "@LAB/worker.php", "none"),
  NOT_DISPATCHED("PHP whose handler is never run", "php", "@LAB/worker.php", "late"),
  SCRIPT("a script without exec", "@LAB/run.sh"),
  PIPE("php | tee", "sh", "-c", "@WORKER async | tee @LAB/log"),
  DEAF_TRAP(
      "a trap that does not forward", "sh", "-c", "trap 'echo bye' TERM; @WORKER async; true"),
  LOOP("while true; do php ...; done", "sh", "-c", "while true; do @WORKER async; done"),
  SH_C("sh -c 'php ...'", "sh", "-c", "@WORKER async"),
  REDIRECTED("bash -c 'php ... >log'", "/usr/bin/bash", "-c", "@WORKER async >@LAB/log; exit"),
  BASH_TRUE("bash -c 'php ...; true'", "/usr/bin/bash", "-c", "@WORKER async; true"),
  TINI("tini in front of a script without exec", "tini", "-g", "--", "@LAB/run.sh"),
  SUPERVISED_SCRIPT(
      "supervisord with stopasgroup and a script",
      "supervisord",
      "-c",
      "@LAB/supervisord-script.conf"),
  QUIT_IMAGE("an image whose STOPSIGNAL is QUIT", "php", "@LAB/worker.php", "async"),

  DIRECT("php as the first process", "php", "@LAB/worker.php", "async"),
  EXEC_SCRIPT("a script with exec", "@LAB/exec.sh"),
  SH_C_EXEC("sh -c 'exec php ...'", "sh", "-c", "exec @WORKER async"),
  BASH_C("bash -c 'php ...'", "/usr/bin/bash", "-c", "@WORKER async"),
  FORWARDING("a script that traps, forwards and waits", "@LAB/forward.sh"),
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

  /** What the report has to say, as DrainReport's constant; null: nothing, because it drains. */
  @Nullable String finding(Program role) {
    return switch (this) {
      case NO_HANDLER -> "NoHandler";
      case NOT_DISPATCHED -> "HandlerNotRun";
      case LOOP -> role == Program.Hook ? "StartedAgain" : null;
      default -> null;
    };
  }
}
