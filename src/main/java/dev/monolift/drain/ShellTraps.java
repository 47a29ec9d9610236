package dev.monolift.drain;

import dev.monolift.shell.Script;
import dev.monolift.shell.ShellReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a script's traps do on a stop.
 *
 * @param any whether there is a trap of any kind, after which no shell replaces itself
 * @param catches whether the stop signal is caught or ignored
 * @param forwards whether what then runs sends a signal on
 */
record ShellTraps(boolean any, boolean catches, boolean forwards) {
  private static final Set<String> STOP =
      Set.of("TERM", "SIGTERM", "15", "INT", "SIGINT", "2", "QUIT", "SIGQUIT", "3", "WINCH");

  static ShellTraps of(List<ShellRun> runs, Script script) {
    boolean any = false;
    boolean catches = false;
    boolean forwards = false;
    for (ShellRun run : runs) {
      List<String> argv = run.argv();
      if (argv.size() < 3 || !argv.getFirst().equals("trap")) {
        continue;
      }
      int action = argv.get(1).equals("--") ? 2 : 1;
      List<String> signals = argv.subList(Math.min(action + 1, argv.size()), argv.size());
      boolean reset = argv.get(action).equals("-");
      any |= !reset;
      if (!reset && signals.stream().anyMatch(STOP::contains)) {
        catches = true;
        forwards |= kills(argv.get(action), script);
      }
    }
    return new ShellTraps(any, catches, forwards);
  }

  /** Whether a trap's action sends a signal, itself or in a function of the script. */
  private static boolean kills(String action, Script script) {
    if (!(ShellReader.read(action) instanceof ShellReader.Accepted accepted)) {
      return false;
    }
    var all = new ArrayList<>(script.statements());
    all.addAll(accepted.script().statements());
    List<ShellRun> before = ShellRuns.of(script);
    List<ShellRun> after = ShellRuns.of(new Script(all, false));
    return after.subList(Math.min(before.size(), after.size()), after.size()).stream()
        .map(run -> run.command().name().orElse(""))
        .anyMatch(name -> Set.of("kill", "pkill", "killall").contains(name));
  }
}
