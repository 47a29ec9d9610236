package dev.monolift.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of option values that picocli does not know. */
final class Options {
  private Options() {}

  /**
   * Refuses a number outside its range.
   *
   * @param command the command, for the message
   * @param option the option's name
   * @param value its value
   * @param least least value that is allowed
   * @param most greatest value that is allowed
   */
  static void between(CommandSpec command, String option, int value, int least, int most) {
    if (value < least || value > most) {
      String range = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
      throw new ParameterException(
          command.commandLine(), option + " must be " + range + ", not " + value);
    }
  }
}
