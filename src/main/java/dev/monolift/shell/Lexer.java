package dev.monolift.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the text into tokens (XCU 2.3), one at a time, and reads the here-documents after a line.
 */
final class Lexer {
  static final String NEWLINE = "\n";

  /** Longer ones first. */
  private static final List<String> OPERATORS =
      List.of(
          "<<-", "&&", "||", ";;", ";&", "<<", ">>", "<&", ">&", "<>", ">|", "&", "|", ";", "<",
          ">", "(", ")");

  private static final int LONGEST_DESCRIPTOR = 9;

  private final Cursor cursor;
  private final WordReader words;
  private final Deque<HereDocument> pending = new ArrayDeque<>();
  private @Nullable Token ahead;

  Lexer(Cursor cursor) {
    this.cursor = cursor;
    this.words = new WordReader(cursor);
  }

  Cursor cursor() {
    return cursor;
  }

  /** The next token, not taken. */
  Token peek() throws SyntaxException {
    Token token = ahead;
    if (token == null) {
      token = read();
      ahead = token;
    }
    return token;
  }

  Token take() throws SyntaxException {
    Token token = peek();
    ahead = null;
    return token;
  }

  /** Whether the next token is this operator. */
  boolean isNext(String symbol) throws SyntaxException {
    return peek() instanceof Token.Operator operator && operator.symbol().equals(symbol);
  }

  boolean takeIf(String symbol) throws SyntaxException {
    if (!isNext(symbol)) {
      return false;
    }
    take();
    return true;
  }

  /** The text of a here-document follows after this line. */
  void expect(HereDocument document) {
    pending.add(document);
  }

  boolean expectsDocuments() {
    return !pending.isEmpty();
  }

  SyntaxException unexpected(String wanted) throws SyntaxException {
    Token token = peek();
    return new SyntaxException(token.start(), wanted + " is missing before " + token.shown());
  }

  private Token read() throws SyntaxException {
    skipBlanks();
    int start = cursor.offset();
    if (cursor.atEnd()) {
      return new Token.End(start);
    }
    if (cursor.takeIf('\n')) {
      while (!pending.isEmpty()) {
        readDocument(pending.remove());
      }
      return new Token.Operator(NEWLINE, start);
    }
    String symbol = operator();
    if (!symbol.isEmpty()) {
      return new Token.Operator(symbol, start);
    }
    return word(words.read(), start);
  }

  private Token word(Word word, int start) throws SyntaxException {
    char next = cursor.peek();
    boolean redirects = next == '<' || next == '>';
    String digits = word.parts().size() == 1 && !word.isQuoted() ? word.text().orElse("") : "";
    return redirects && digits.length() <= LONGEST_DESCRIPTOR && digits.matches("[0-9]+")
        ? new Token.Descriptor(Integer.parseInt(digits), start)
        : new Token.Text(word, start);
  }

  private void skipBlanks() throws SyntaxException {
    while (cursor.peek() == ' ' || cursor.peek() == '\t') {
      cursor.take();
    }
    if (cursor.peek() == '#') {
      while (!cursor.atEnd() && cursor.peekRaw() != '\n') {
        cursor.takeRaw();
      }
    }
  }

  /** The longest operator that is next, taken; empty when there is none. */
  private String operator() throws SyntaxException {
    var symbol = new StringBuilder();
    while (!cursor.atEnd()) {
      String longer = symbol.toString() + cursor.peek();
      if (OPERATORS.stream().noneMatch(operator -> operator.startsWith(longer))) {
        break;
      }
      symbol.append(cursor.take());
    }
    return symbol.toString();
  }

  private void readDocument(HereDocument document) throws SyntaxException {
    var body = new StringBuilder();
    boolean continued = false;
    while (!cursor.atEnd()) {
      int start = cursor.offset();
      String line = cursor.takeLine();
      String bare = document.stripsTabs() ? line.replaceFirst("^\t+", "") : line;
      if (!continued && bare.equals(document.delimiter())) {
        break;
      }
      body.append(cursor.since(start));
      continued = !document.isLiteral() && endsWithBackslash(line);
    }
    document.fill(body.toString());
  }

  private static boolean endsWithBackslash(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\\') {
      end--;
    }
    return (line.length() - end) % 2 == 1;
  }
}
