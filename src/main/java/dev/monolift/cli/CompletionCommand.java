package dev.monolift.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code monolift completion}: prints a script that makes a shell complete commands and options.
 */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a script for your shell that completes commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(monolift completion bash)                        for this shell",
      "  monolift completion bash > ~/.local/share/bash-completion/completions/monolift",
      "  source <(monolift completion zsh)                         in ~/.zshrc, after compinit"
    })
public final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "SHELL",
      description = "One of: ${COMPLETION-CANDIDATES}.",
      arity = "1")
  private Shell shell = Shell.bash;

  /** For picocli. */
  public CompletionCommand() {}

  /** A shell with completion. */
  enum Shell {
    bash,
    zsh
  }

  @Override
  public Integer call() {
    // The script is made for both: in zsh it turns bash's completion functions on first.
    var out = spec.commandLine().getOut();
    if (shell == Shell.zsh) {
      out.println("autoload -U +X bashcompinit && bashcompinit");
    }
    var root = spec.root();
    out.println(AutoComplete.bash(root.name(), root.commandLine()));
    return ExitCode.OK;
  }
}
