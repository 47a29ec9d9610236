package dev.monolift.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code monolift restart}: it only holds the commands about the daily restart. */
@Command(
    name = "restart",
    mixinStandardHelpOptions = true,
    description = "The restart once a day: what the night brings, and how a stopped group goes on.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  monolift restart ls -A                  the timetable and the last results",
      "  monolift restart clear queue -n shop    lets the workers of a stopped group go on"
    })
public final class RestartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  public RestartCommand() {}

  /**
   * The command with those below it.
   *
   * @param clock tells the time
   */
  static CommandLine commandLine(InstantSource clock) {
    return new CommandLine(new RestartCommand())
        .addSubcommand(new RestartListCommand(clock))
        .addSubcommand(new RestartClearCommand(clock))
        .addSubcommand(new RestartRunCommand(clock));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
