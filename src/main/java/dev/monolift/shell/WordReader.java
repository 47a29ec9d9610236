package dev.monolift.shell;

import java.util.ArrayList;
import java.util.List;

/** Reads one word with its quoting (XCU 2.2). */
final class WordReader {
  private static final String ENDS = " \t\n;&|<>()";
  private static final String ESCAPABLE_IN_QUOTES = "$`\"\\";

  private final Cursor cursor;
  private final ExpansionReader expansions;

  WordReader(Cursor cursor) {
    this.cursor = cursor;
    this.expansions = new ExpansionReader(cursor);
  }

  /** Reads a word; there is at least one character of it. */
  Word read() throws SyntaxException {
    int start = cursor.offset();
    var pieces = new Pieces();
    while (!cursor.atEnd() && ENDS.indexOf(cursor.peek()) < 0) {
      switch (cursor.peek()) {
        case '\'' -> pieces.quoted(expansions.singleQuoted());
        case '"' -> doubleQuoted(pieces);
        case '\\' -> pieces.quoted(escaped());
        case '$', '`' -> dollar(pieces, false);
        default -> {
          // peek() at the end of a text that ends with a line continuation
          if (!cursor.atEnd()) {
            pieces.literal(cursor.take());
          }
        }
      }
    }
    return new Word(cursor.since(start), pieces.done(), cursor.position(start));
  }

  private String escaped() throws SyntaxException {
    cursor.takeRaw();
    // A backslash as the last character of all stands for itself, in every shell.
    return cursor.atEnd() ? "\\" : String.valueOf(cursor.takeRaw());
  }

  private void dollar(Pieces pieces, boolean quoted) throws SyntaxException {
    if (!quoted && expansions.isDollarQuote()) {
      pieces.quoted(expansions.dollarQuoted());
      return;
    }
    var expansion = expansions.read(quoted);
    if (expansion.isPresent()) {
      pieces.add(expansion.get());
    } else if (quoted) {
      pieces.quotedCharacter('$');
    } else {
      pieces.literal('$');
    }
  }

  private void doubleQuoted(Pieces pieces) throws SyntaxException {
    int start = cursor.offset();
    cursor.take();
    pieces.quoted("");
    while (true) {
      char next = cursor.peek();
      if (cursor.atEnd()) {
        throw new SyntaxException(start, "this double quote has no end");
      }
      switch (next) {
        case '"' -> {
          cursor.take();
          return;
        }
        case '$', '`' -> dollar(pieces, true);
        case '\\' -> {
          cursor.takeRaw();
          if (cursor.atEnd() || ESCAPABLE_IN_QUOTES.indexOf(cursor.peekRaw()) < 0) {
            pieces.quotedCharacter('\\');
          } else {
            pieces.quotedCharacter(cursor.takeRaw());
          }
        }
        default -> pieces.quotedCharacter(cursor.take());
      }
    }
  }

  /** Parts of a word in the making; neighbours of one kind are joined. */
  private static final class Pieces {
    private final List<WordPart> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean quoted;
    private boolean open;

    void literal(char c) {
      begin(false);
      text.append(c);
    }

    void quotedCharacter(char c) {
      begin(true);
      text.append(c);
    }

    void quoted(String more) {
      begin(true);
      text.append(more);
    }

    void add(WordPart part) {
      end();
      parts.add(part);
    }

    private void begin(boolean asQuoted) {
      if (open && quoted != asQuoted) {
        end();
      }
      open = true;
      quoted = asQuoted;
    }

    private void end() {
      if (open) {
        String all = text.toString();
        parts.add(quoted ? new WordPart.Quoted(all) : new WordPart.Literal(all));
        text.setLength(0);
        open = false;
      }
    }

    List<WordPart> done() {
      end();
      return parts;
    }
  }
}
