package dev.monolift.shell;

/**
 * Reads shell scripts and command lines by the grammar of XCU 2.10 (POSIX.1-2024: with {@code
 * $'...'} and {@code ;&}).
 *
 * <p>Time is proportional to the length of the text times its depth. Aliases are not known here,
 * and extensions of single shells ({@code [[ ]]}, arrays, {@code function}, process substitution)
 * are either ordinary words or mistakes.
 */
public final class ShellReader {
  /**
   * Compound commands and substitutions in each other; more than any script that a person wrote.
   */
  static final int MAX_DEPTH = 100;

  private ShellReader() {}

  /** What became of a text. */
  public sealed interface Result {}

  /**
   * It is a script.
   *
   * @param script its commands; they cover the whole text
   */
  public record Accepted(Script script) implements Result {}

  /**
   * It is not.
   *
   * @param at where the mistake was noticed
   * @param message what is wrong, a few words without a full stop
   */
  public record Refused(Position at, String message) implements Result {}

  /**
   * Reads a text.
   *
   * @param text a script, or what follows {@code sh -c}
   * @return its commands, or the first mistake
   */
  public static Result read(String text) {
    var cursor = new Cursor(text);
    try {
      return new Accepted(new ScriptParser(new Lexer(cursor)).whole());
    } catch (SyntaxException e) {
      return new Refused(cursor.position(e.offset()), e.reason());
    }
  }
}
