package dev.monolift.shell;

import java.util.Arrays;

/** A place in the text that moves on. Line continuations are invisible unless asked for. */
final class Cursor {
  /**
   * What {@link #peek} says at the end; a NUL in the text is refused before it can be taken for it.
   */
  static final char END = 0;

  private final String text;
  private final int[] lineStarts;
  private int at;
  private int depth;

  Cursor(String text) {
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[(int) text.chars().filter(c -> c == '\n').count() + 1];
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        starts[line++] = i + 1;
      }
    }
    return starts;
  }

  int offset() {
    return at;
  }

  Position position(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, offset - lineStarts[line] + 1);
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The next character after line continuations, which are skipped. */
  char peek() throws SyntaxException {
    while (text.startsWith("\\\n", at)) {
      at += 2;
    }
    return peekRaw();
  }

  /** Whether the character after the next one is this one. */
  boolean isAfterNext(char wanted) {
    int after = at + 1;
    while (text.startsWith("\\\n", after)) {
      after += 2;
    }
    return after < text.length() && text.charAt(after) == wanted;
  }

  /** Takes the next character after line continuations. */
  char take() throws SyntaxException {
    char next = peek();
    if (!atEnd()) {
      at++;
    }
    return next;
  }

  /** The next character, whatever it is. */
  char peekRaw() throws SyntaxException {
    if (atEnd()) {
      return END;
    }
    char next = text.charAt(at);
    if (next == END) {
      throw new SyntaxException(at, "a NUL character");
    }
    return next;
  }

  /** Takes the next character, whatever it is. */
  char takeRaw() throws SyntaxException {
    char next = peekRaw();
    if (!atEnd()) {
      at++;
    }
    return next;
  }

  /** Takes the next character if it is this one. */
  boolean takeIf(char wanted) throws SyntaxException {
    if (atEnd() || peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** The rest of the line without its end, which is taken too. */
  String takeLine() throws SyntaxException {
    int start = at;
    while (!atEnd() && peekRaw() != '\n') {
      at++;
    }
    String line = text.substring(start, at);
    if (!atEnd()) {
      at++;
    }
    return line;
  }

  String since(int start) {
    return text.substring(start, at);
  }

  /** Goes one level deeper; every call needs a {@link #leave}. */
  void enter() throws SyntaxException {
    if (++depth > ShellReader.MAX_DEPTH) {
      throw new SyntaxException(at, "nested deeper than " + ShellReader.MAX_DEPTH);
    }
  }

  void leave() {
    depth--;
  }

  SyntaxException error(String reason) {
    return new SyntaxException(at, reason);
  }
}
