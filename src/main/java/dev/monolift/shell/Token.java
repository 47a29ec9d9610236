package dev.monolift.shell;

/** What the grammar is made of. */
sealed interface Token {
  /** Offset of its first character. */
  int start();

  /** How it is named in a message. */
  String shown();

  /** A word; whether it is a reserved word depends on where it stands. */
  record Text(Word word, int start) implements Token {
    @Override
    public String shown() {
      return "'" + word.raw().lines().findFirst().orElse("") + "'";
    }
  }

  /** A number right before a redirection operator. */
  record Descriptor(int number, int start) implements Token {
    @Override
    public String shown() {
      return "'" + number + "'";
    }
  }

  /** An operator; a line break is the operator of one line feed. */
  record Operator(String symbol, int start) implements Token {
    @Override
    public String shown() {
      return symbol.equals(Lexer.NEWLINE) ? "the end of the line" : "'" + symbol + "'";
    }
  }

  /** The end of the text. */
  record End(int start) implements Token {
    @Override
    public String shown() {
      return "the end";
    }
  }
}
