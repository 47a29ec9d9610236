package dev.monolift.shell;

import java.util.ArrayList;
import java.util.List;

/** Simple commands and redirections. */
final class SimpleParser {
  private final Lexer lexer;

  SimpleParser(Lexer lexer) {
    this.lexer = lexer;
  }

  static boolean isName(String text) {
    return text.matches("[A-Za-z_][A-Za-z0-9_]*");
  }

  /** Assignments, words and redirections; at least one of them. */
  Command.Simple read() throws SyntaxException {
    Position at = lexer.cursor().position(lexer.peek().start());
    var assignments = new ArrayList<Assignment>();
    var words = new ArrayList<Word>();
    var redirections = new ArrayList<Redirection>();
    while (true) {
      if (startsRedirection()) {
        redirections.add(redirection());
      } else if (lexer.peek() instanceof Token.Text text) {
        if (words.isEmpty() && isAssignment(text.word())) {
          assignments.add(assignment(text.word()));
        } else {
          words.add(text.word());
        }
        lexer.take();
      } else {
        break;
      }
    }
    if (assignments.isEmpty() && words.isEmpty() && redirections.isEmpty()) {
      throw lexer.unexpected("a command");
    }
    return new Command.Simple(assignments, words, redirections, at);
  }

  /** The redirections after a compound command. */
  List<Redirection> redirections() throws SyntaxException {
    var redirections = new ArrayList<Redirection>();
    while (startsRedirection()) {
      redirections.add(redirection());
    }
    return redirections;
  }

  private boolean startsRedirection() throws SyntaxException {
    return switch (lexer.peek()) {
      case Token.Descriptor descriptor -> true;
      case Token.Operator operator ->
          operator.symbol().startsWith("<") || operator.symbol().startsWith(">");
      default -> false;
    };
  }

  private Redirection redirection() throws SyntaxException {
    Position at = lexer.cursor().position(lexer.peek().start());
    Integer descriptor = null;
    if (lexer.peek() instanceof Token.Descriptor number) {
      lexer.take();
      descriptor = number.number();
    }
    if (!(lexer.take() instanceof Token.Operator operator)) {
      throw lexer.unexpected("a redirection");
    }
    if (!(lexer.peek() instanceof Token.Text target)) {
      throw lexer.unexpected("the target of '" + operator.symbol() + "'");
    }
    Word word = target.word();
    HereDocument document = null;
    if (operator.symbol().startsWith("<<")) {
      document = new HereDocument(word.shown(), word.isQuoted(), operator.symbol().equals("<<-"));
      // Before the word is taken: the line may end right after it, and the text then begins.
      lexer.expect(document);
    }
    lexer.take();
    return new Redirection(descriptor, operator.symbol(), word, document, at);
  }

  private static boolean isAssignment(Word word) {
    if (!word.parts().isEmpty() && word.parts().getFirst() instanceof WordPart.Literal first) {
      int equals = first.text().indexOf('=');
      return equals > 0 && isName(first.text().substring(0, equals));
    }
    return false;
  }

  private static Assignment assignment(Word word) {
    String first = ((WordPart.Literal) word.parts().getFirst()).text();
    int equals = first.indexOf('=');
    var parts = new ArrayList<>(word.parts().subList(1, word.parts().size()));
    if (equals + 1 < first.length()) {
      parts.addFirst(new WordPart.Literal(first.substring(equals + 1)));
    }
    String raw = word.raw().substring(word.raw().indexOf('=') + 1);
    return new Assignment(first.substring(0, equals), new Word(raw, parts, word.at()), word.at());
  }
}
