package dev.monolift.demo;

import dev.monolift.GoldenFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code docs/cli.md} says what {@code --help} says. */
final class CliReferenceTest {
  private static final String COMMAND = "mvn -q test -Dtest=CliReferenceTest -Dgolden.update";

  @Test
  void thePageIsWhatTheCommandsSay() {
    CommandLine root = CheckoutMain.commandLine();
    var page = new StringBuilder("# The command line\n\n");
    page.append("<!-- Generated from the commands. Do not edit; run: %s -->\n".formatted(COMMAND));
    page.append(
        "`demo` and `bench` exist in a checkout only, where `monolift` is the script `./monolift`.\n");
    page.append("Each command's `--help` prints the same.\n");
    append(page, root);
    GoldenFile.check(Path.of("docs/cli.md"), page.toString(), COMMAND);
  }

  private static void append(StringBuilder page, CommandLine command) {
    String usage = command.getUsageMessage(Ansi.OFF).replace(System.lineSeparator(), "\n");
    page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append('\n');
    page.append("\n```\n");
    usage.lines().forEach(line -> page.append(line.stripTrailing()).append('\n'));
    page.append("```\n");
    // an alias is the same command again
    command.getSubcommands().values().stream().distinct().forEach(below -> append(page, below));
  }
}
