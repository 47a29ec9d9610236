package dev.monolift.shell;

import java.util.List;

/**
 * A list of commands: a whole script, or what stands inside a compound command.
 *
 * @param statements the commands in order; empty only in a whole script or a {@code $( )}
 * @param newlineAtEnd whether a line break follows the last command
 */
public record Script(List<Statement> statements, boolean newlineAtEnd) {
  /** Copies the list. */
  public Script {
    statements = List.copyOf(statements);
  }

  /**
   * One entry of a list.
   *
   * @param andOr the commands
   * @param background whether {@code &} follows, so that nobody waits for them
   */
  public record Statement(AndOr andOr, boolean background) {}

  /**
   * Pipelines joined by {@code &&} and {@code ||}.
   *
   * @param first the first pipeline
   * @param rest the others in order
   */
  public record AndOr(Pipeline first, List<Step> rest) {
    /** Copies the list. */
    public AndOr {
      rest = List.copyOf(rest);
    }
  }

  /**
   * A pipeline that runs only after the one before it succeeded or failed.
   *
   * @param and true for {@code &&}, false for {@code ||}
   * @param pipeline the pipeline
   */
  public record Step(boolean and, Pipeline pipeline) {}

  /**
   * Commands joined by {@code |}.
   *
   * @param negated whether {@code !} stands before it
   * @param commands one or more
   */
  public record Pipeline(boolean negated, List<Command> commands) {
    /** Copies the list. */
    public Pipeline {
      commands = List.copyOf(commands);
    }
  }
}
