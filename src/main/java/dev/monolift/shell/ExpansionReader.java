package dev.monolift.shell;

import dev.monolift.shell.WordPart.Expansion;
import dev.monolift.shell.WordPart.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the end of what the shell replaces (XCU 2.6), and keeps it as it is written. */
final class ExpansionReader {
  private static final String SPECIAL = "@*#?-$!0123456789";

  private final Cursor cursor;

  ExpansionReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Whether {@code $'} is next. Called at a dollar. */
  boolean isDollarQuote() throws SyntaxException {
    return cursor.peek() == '$' && cursor.isAfterNext('\'');
  }

  /**
   * Reads what a dollar or a backquote begins; empty, with the dollar taken, when it begins
   * nothing.
   */
  Optional<Expansion> read(boolean quoted) throws SyntaxException {
    int start = cursor.offset();
    if (cursor.peek() == '`') {
      backquotes();
      return expansion(Kind.BACKQUOTES, start, quoted, null);
    }
    cursor.take();
    char next = cursor.peek();
    if (cursor.atEnd()) {
      return Optional.empty();
    }
    if (next == '(') {
      cursor.take();
      if (cursor.takeIf('(')) {
        arithmetic(start);
        return expansion(Kind.ARITHMETIC, start, quoted, null);
      }
      Script script = command(start);
      return expansion(Kind.COMMAND, start, quoted, script);
    }
    if (next == '{') {
      cursor.take();
      braces(start, quoted);
    } else if (SPECIAL.indexOf(next) >= 0) {
      cursor.take();
    } else if (isNameStart(next)) {
      while (!cursor.atEnd() && isNamePart(cursor.peek())) {
        cursor.take();
      }
    } else {
      return Optional.empty();
    }
    return expansion(Kind.PARAMETER, start, quoted, null);
  }

  private Optional<Expansion> expansion(
      Kind kind, int start, boolean quoted, @Nullable Script script) {
    return Optional.of(new Expansion(kind, cursor.since(start), quoted, script));
  }

  static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
  }

  /** Text in single quotes, both quotes taken. */
  String singleQuoted() throws SyntaxException {
    int start = cursor.offset();
    cursor.takeRaw();
    var text = new StringBuilder();
    while (!cursor.atEnd()) {
      char c = cursor.takeRaw();
      if (c == '\'') {
        return text.toString();
      }
      text.append(c);
    }
    throw new SyntaxException(start, "this single quote has no end");
  }

  /** Text in {@code $'...'}; escapes are kept as they are written. */
  String dollarQuoted() throws SyntaxException {
    int start = cursor.offset();
    cursor.take();
    cursor.take();
    int body = cursor.offset();
    while (!cursor.atEnd()) {
      char c = cursor.takeRaw();
      if (c == '\'') {
        String text = cursor.since(body);
        return text.substring(0, text.length() - 1);
      }
      if (c == '\\') {
        cursor.takeRaw();
      }
    }
    throw new SyntaxException(start, "this single quote has no end");
  }

  private void backquotes() throws SyntaxException {
    int start = cursor.offset();
    cursor.takeRaw();
    while (!cursor.atEnd()) {
      char c = cursor.takeRaw();
      if (c == '`') {
        return;
      }
      if (c == '\\') {
        cursor.takeRaw();
      }
    }
    throw new SyntaxException(start, "this backquote has no end");
  }

  private Script command(int start) throws SyntaxException {
    cursor.enter();
    Script script = new ScriptParser(new Lexer(cursor)).substitution(start);
    cursor.leave();
    return script;
  }

  /** {@code $((} always begins arithmetic; a subshell in a substitution is written with a space. */
  private void arithmetic(int start) throws SyntaxException {
    cursor.enter();
    int open = 0;
    while (true) {
      char next = cursor.peek();
      if (cursor.atEnd()) {
        throw new SyntaxException(start, "this '$((' has no '))'");
      }
      if (next == ')' && open == 0) {
        cursor.take();
        if (!cursor.takeIf(')')) {
          throw cursor.error("')' is missing: '$((' ends with '))'");
        }
        cursor.leave();
        return;
      }
      open += next == '(' ? 1 : next == ')' ? -1 : 0;
      piece(true);
    }
  }

  private void braces(int start, boolean quoted) throws SyntaxException {
    cursor.enter();
    boolean pattern = startsPattern();
    while (true) {
      char next = cursor.peek();
      if (cursor.atEnd()) {
        throw new SyntaxException(start, "this '${' has no '}'");
      }
      if (next == '}') {
        cursor.take();
        cursor.leave();
        return;
      }
      piece(quoted && !pattern);
    }
  }

  /** Takes the name; says whether a pattern follows, in which single quotes always quote. */
  private boolean startsPattern() throws SyntaxException {
    boolean length = cursor.takeIf('#');
    boolean named = false;
    while (!cursor.atEnd() && isNamePart(cursor.peek())) {
      cursor.take();
      named = true;
    }
    if (!named && !length && !cursor.atEnd() && "@*?-$!".indexOf(cursor.peek()) >= 0) {
      cursor.take();
    }
    return !cursor.atEnd() && (cursor.peek() == '%' || cursor.peek() == '#');
  }

  /** Takes one character, or a quotation or substitution as a whole. */
  private void piece(boolean singleQuotesAreLiteral) throws SyntaxException {
    switch (cursor.peek()) {
      case '\\' -> {
        cursor.takeRaw();
        cursor.takeRaw();
      }
      case '$', '`' -> read(singleQuotesAreLiteral);
      case '"' -> doubleQuotes();
      case '\'' -> {
        if (singleQuotesAreLiteral) {
          cursor.take();
        } else {
          singleQuoted();
        }
      }
      default -> cursor.take();
    }
  }

  private void doubleQuotes() throws SyntaxException {
    int start = cursor.offset();
    cursor.take();
    while (cursor.peek() != '"') {
      if (cursor.atEnd()) {
        throw new SyntaxException(start, "this double quote has no end");
      }
      switch (cursor.peek()) {
        case '\\' -> {
          cursor.takeRaw();
          cursor.takeRaw();
        }
        case '$', '`' -> read(true);
        default -> cursor.take();
      }
    }
    cursor.take();
  }
}
