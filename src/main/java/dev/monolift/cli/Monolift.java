package dev.monolift.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code monolift} itself: it only holds the others. */
@Command(
    name = "monolift",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs an old PHP monolith's queue workers on Kubernetes.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  monolift render -f worker.yaml      what would be applied, without a cluster",
      "  monolift lint -f deployment.yaml    whether its pods can be stopped without losing a job",
      "  monolift operator                   run the operator with the current kubeconfig",
      "  monolift restart ls -A              when the workers are restarted, and how it went last",
      "  monolift COMMAND --help             options and examples of a command",
      "",
      "Exit codes of every command:",
      "  0  done, nothing to complain about",
      "  1  done, and what was looked at has a problem",
      "  2  wrong options, or a file that cannot be read",
      "  3  an unexpected failure of monolift itself, or output that could not be written",
      "  4  the operator has to be started again"
    })
public final class Monolift implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** The root command; picocli fills it. */
  public Monolift() {}

  /**
   * The command line with all commands of the product.
   *
   * @param operator runs the operator
   * @param clock tells the time
   * @return a new command line that uses the documented exit codes
   */
  public static CommandLine commandLine(OperatorRunner operator, InstantSource clock) {
    return new CommandLine(new Monolift())
        .addSubcommand(new OperatorCommand(operator))
        .addSubcommand(new RenderCommand(clock))
        .addSubcommand(new LintCommand())
        .addSubcommand(RestartCommand.commandLine(clock))
        .addSubcommand(new ReleasePodsCommand())
        .addSubcommand(new CompletionCommand())
        .setExitCodeExceptionMapper(
            failure -> failure instanceof ParameterException ? ExitCode.USAGE : ExitCode.FAILURE)
        .setExecutionStrategy(Monolift::execute)
        .setParameterExceptionHandler(Monolift::complain)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(34);
  }

  /**
   * Runs the command. Writers keep it to themselves when the disk is full or the reader is gone.
   */
  private static int execute(ParseResult parsed) {
    int code = new CommandLine.RunLast().execute(parsed);
    boolean lost = false;
    for (CommandLine command : parsed.asCommandLineList()) {
      lost |= command.getOut().checkError();
    }
    if (lost || System.out.checkError()) {
      PrintWriter err = parsed.commandSpec().commandLine().getErr();
      err.println("monolift: the output could not be written; is the disk full?");
      return ExitCode.FAILURE;
    }
    return code;
  }

  /** One line that says what is wrong and where to read on; picocli's own prints all options. */
  private static int complain(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("monolift: " + mistake.getMessage());
    UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
