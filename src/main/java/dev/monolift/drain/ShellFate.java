package dev.monolift.drain;

import dev.monolift.drain.ImageFacts.Shell;
import dev.monolift.drain.ShellRun.Place;
import dev.monolift.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where the program is when a script runs: in the shell's place, or below it.
 *
 * @param script the script
 * @param shell the shell that runs it
 * @param inline whether it is the text of {@code -c}: a shell never becomes the last command of a
 *     file
 * @param arguments what {@code "$@"} stands for
 */
record ShellFate(Script script, Shell shell, boolean inline, List<String> arguments) {
  /** Builtins, and programs that prepare or watch something and then end. */
  private static final Set<String> PREPARES =
      Set.of(
          ".",
          ":",
          "[",
          "alias",
          "cat",
          "cd",
          "chmod",
          "chown",
          "cp",
          "date",
          "echo",
          "envsubst",
          "eval",
          "exit",
          "export",
          "false",
          "find",
          "grep",
          "hostname",
          "id",
          "install",
          "kill",
          "ln",
          "local",
          "ls",
          "mkdir",
          "mv",
          "nc",
          "pgrep",
          "pkill",
          "printf",
          "pwd",
          "read",
          "readonly",
          "return",
          "rm",
          "sed",
          "set",
          "shift",
          "sleep",
          "source",
          "tail",
          "tee",
          "test",
          "touch",
          "trap",
          "true",
          "ulimit",
          "umask",
          "unset",
          "wait");

  /**
   * Decides.
   *
   * @param reader what a program with its arguments is
   * @return what was recognised; empty when the script runs no program
   */
  Optional<Seen> decide(Function<List<String>, Seen> reader) {
    List<ShellRun> runs = ShellRuns.of(script);
    List<ShellRun> programs = runs.stream().filter(run -> isProgram(argv(run))).toList();
    List<ShellRun> php = programs.stream().filter(run -> looksLikePhp(argv(run))).toList();
    if (programs.isEmpty()) {
      return Optional.empty();
    }
    // The last one: what comes before it prepares, or it would not be reached.
    ShellRun main = php.isEmpty() ? programs.getLast() : php.getLast();
    Seen inner = reader.apply(argv(main));
    Seen here = new Seen(EntrypointShape.ShellForks, String.join(" ", argv(main)));
    return Optional.of(fate(main, inner, here, ShellTraps.of(runs, script), waits(runs)));
  }

  private Seen fate(ShellRun main, Seen inner, Seen here, ShellTraps traps, boolean waits) {
    if (main.is(Place.PIPE)) {
      return here.as(main.is(Place.LOOP) ? EntrypointShape.ShellLoop : EntrypointShape.ShellPipe);
    }
    if (main.isExec() && !main.is(Place.SUBSHELL) && !main.is(Place.BACKGROUND)) {
      return becomes(inner, EntrypointShape.ShellExec);
    }
    if (main.is(Place.LOOP)) {
      return here.as(EntrypointShape.ShellLoop);
    }
    if (main.is(Place.BACKGROUND)) {
      return background(inner, here, traps, waits);
    }
    if (traps.catches()) {
      return here.as(EntrypointShape.TrapWithoutForward);
    }
    if (!inline) {
      return here.as(EntrypointShape.ScriptWithoutExec);
    }
    return lastCommand(main, inner, here, traps);
  }

  private static Seen background(Seen inner, Seen here, ShellTraps traps, boolean waits) {
    if (!traps.catches()) {
      return here.as(EntrypointShape.ShellBackground);
    }
    return traps.forwards() && waits
        ? becomes(inner, EntrypointShape.TrapForwards)
        : here.as(EntrypointShape.TrapWithoutForward);
  }

  private Seen lastCommand(ShellRun main, Seen inner, Seen here, ShellTraps traps) {
    boolean never =
        main.is(Place.NOT_LAST) || main.is(Place.FUNCTION) || main.is(Place.NEGATED) || traps.any();
    boolean redirected = !main.command().redirections().isEmpty();
    boolean bash = !never && !redirected && !main.is(Place.COMPOUND) && !main.is(Place.SUBSHELL);
    boolean busybox = !never && !script.newlineAtEnd();
    Seen becomes = becomes(inner, EntrypointShape.ShellLastCommand);
    if ((shell == Shell.BASH && bash) || (shell == Shell.BUSYBOX && busybox)) {
      return becomes;
    }
    if (main.is(Place.NOT_LAST)) {
      return here.as(EntrypointShape.CommandAfter);
    }
    if (shell == Shell.UNKNOWN && (bash || busybox)) {
      return becomes.drains() ? here.as(EntrypointShape.ShellMayFork) : becomes;
    }
    return here.as(
        shell == Shell.BASH && redirected
            ? EntrypointShape.ShellRedirect
            : EntrypointShape.ShellForks);
  }

  /** The shell is gone: what counts is what took its place. */
  private static Seen becomes(Seen inner, EntrypointShape shape) {
    return inner.drains() && inner.shape() != EntrypointShape.SupervisordDirect
        ? inner.as(shape)
        : inner;
  }

  private static boolean waits(List<ShellRun> runs) {
    return runs.stream().anyMatch(run -> run.command().name().orElse("").equals("wait"));
  }

  /** The words of a program without {@code exec} and the like, with the script's arguments. */
  private List<String> argv(ShellRun run) {
    var words = new ArrayList<String>();
    for (String word : run.argv()) {
      if (word.equals("$@") || word.equals("$*")) {
        words.addAll(arguments);
      } else {
        words.add(word);
      }
    }
    return Wrappers.unwrapped(words);
  }

  private static boolean isProgram(List<String> argv) {
    return !argv.isEmpty() && !PREPARES.contains(Wrappers.name(argv.getFirst()));
  }

  private static boolean looksLikePhp(List<String> argv) {
    return EntrypointReader.isPhp(argv)
        || argv.stream().anyMatch(word -> word.endsWith(".php") || word.endsWith("artisan"));
  }
}
