package dev.monolift.demo;

import dev.monolift.OperatorMain;
import dev.monolift.bench.BenchCommand;
import dev.monolift.cli.Monolift;
import java.time.InstantSource;
import picocli.CommandLine;

/** What {@code ./monolift} starts: the commands of the product and those of the checkout. */
final class CheckoutMain {
  private CheckoutMain() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return Monolift.commandLine(OperatorMain::run, InstantSource.system())
        .addSubcommand(new DemoCommand())
        .addSubcommand(new BenchCommand());
  }
}
