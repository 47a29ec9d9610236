package dev.monolift.shell;

import org.jspecify.annotations.Nullable;

/** A piece of a word. */
public sealed interface WordPart {

  /**
   * Text without quotes; {@code ~}, {@code *} and {@code ?} in it may still mean something.
   *
   * @param text the characters
   */
  record Literal(String text) implements WordPart {}

  /**
   * Text in quotes or after a backslash: it means itself.
   *
   * @param text the characters without the quotes; may be empty
   */
  record Quoted(String text) implements WordPart {}

  /**
   * What the shell replaces when it runs. It is not expanded here.
   *
   * @param kind what kind it is
   * @param raw as it is written, for example {@code ${NAME:-x}}
   * @param quoted whether it stands in double quotes
   * @param script the commands of a {@code $(...)}; null in every other kind, backquotes included,
   *     because what they hold is only read when the shell runs them
   */
  record Expansion(Kind kind, String raw, boolean quoted, @Nullable Script script)
      implements WordPart {}

  /** Kinds of expansions. */
  enum Kind {
    /** {@code $NAME} or {@code ${...}}. */
    PARAMETER,
    /** {@code $(...)}. */
    COMMAND,
    /** A command in backquotes. */
    BACKQUOTES,
    /** {@code $((...))}. */
    ARITHMETIC
  }
}
