package dev.monolift.cli;

import dev.monolift.OperatorOptions;

/** Runs the operator; given by the composition root, which nobody imports. */
@FunctionalInterface
public interface OperatorRunner {
  /**
   * Runs the operator until it is told to stop, or must be replaced.
   *
   * @param options how
   * @return exit code of the process
   */
  int run(OperatorOptions options);
}
