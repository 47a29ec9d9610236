package dev.monolift.cli;

/** Exit codes of every command; they are part of the interface. */
public final class ExitCode {
  /** Done, nothing to complain about. */
  public static final int OK = 0;

  /** Done, and what was looked at has a problem. */
  public static final int PROBLEM = 1;

  /** Wrong options, or a file that cannot be read. */
  public static final int USAGE = 2;

  /** An unexpected failure of the program itself, or output that could not be written. */
  public static final int FAILURE = 3;

  private ExitCode() {}
}
