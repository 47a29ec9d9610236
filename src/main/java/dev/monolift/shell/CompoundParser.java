package dev.monolift.shell;

import dev.monolift.shell.Command.Branch;
import dev.monolift.shell.Command.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compound commands. */
final class CompoundParser {
  private static final Set<String> OPENING = Set.of("{", "case", "for", "if", "until", "while");

  private final Lexer lexer;
  private final ScriptParser scripts;
  private final SimpleParser simples;

  CompoundParser(Lexer lexer, ScriptParser scripts, SimpleParser simples) {
    this.lexer = lexer;
    this.scripts = scripts;
    this.simples = simples;
  }

  /** Whether the next token begins a compound command. */
  boolean starts() throws SyntaxException {
    return lexer.isNext("(")
        || (lexer.peek() instanceof Token.Text text && OPENING.stream().anyMatch(text.word()::is));
  }

  /** Reads one; {@link #starts} said that there is one. */
  Command read() throws SyntaxException {
    lexer.cursor().enter();
    Token start = lexer.take();
    Position at = lexer.cursor().position(start.start());
    String kind = start instanceof Token.Text text ? text.word().shown() : "(";
    Command command =
        switch (kind) {
          case "{" -> group(false, at);
          case "case" -> caseOf(at);
          case "for" -> forEach(at);
          case "if" -> ifElse(at);
          case "while", "until" -> loop(kind.equals("until"), at);
          default -> group(true, at);
        };
    lexer.cursor().leave();
    return command;
  }

  private Command group(boolean subshell, Position at) throws SyntaxException {
    Script body = scripts.list(false);
    if (!subshell) {
      expect("}");
    } else if (!lexer.takeIf(")")) {
      throw lexer.unexpected("')'");
    }
    return new Command.Group(subshell, body, simples.redirections(), at);
  }

  private Command loop(boolean until, Position at) throws SyntaxException {
    Script condition = scripts.list(false);
    Script body = body();
    return new Command.Loop(until, condition, body, simples.redirections(), at);
  }

  private Script body() throws SyntaxException {
    expect("do");
    Script body = scripts.list(false);
    expect("done");
    return body;
  }

  private Command forEach(Position at) throws SyntaxException {
    Word name = word("the variable of 'for'");
    if (name.isQuoted() || name.text().filter(SimpleParser::isName).isEmpty()) {
      throw new SyntaxException(
          lexer.peek().start(), "the variable of 'for' must be a name, not " + name.raw());
    }
    boolean separated = !isNext("in") && lexer.takeIf(";");
    scripts.skipNewlines();
    List<Word> items = null;
    if (!separated && isNext("in")) {
      lexer.take();
      items = words();
      if (!lexer.takeIf(";") && !lexer.isNext(Lexer.NEWLINE)) {
        throw lexer.unexpected("';' or a line break");
      }
      scripts.skipNewlines();
    }
    Script body = body();
    return new Command.For(name.shown(), items, body, simples.redirections(), at);
  }

  private List<Word> words() throws SyntaxException {
    var words = new ArrayList<Word>();
    while (lexer.peek() instanceof Token.Text text) {
      words.add(text.word());
      lexer.take();
    }
    return words;
  }

  private Command ifElse(Position at) throws SyntaxException {
    var branches = new ArrayList<Branch>();
    do {
      Script condition = scripts.list(false);
      expect("then");
      branches.add(new Branch(condition, scripts.list(false)));
    } while (takeIf("elif"));
    @Nullable Script otherwise = takeIf("else") ? scripts.list(false) : null;
    expect("fi");
    return new Command.If(branches, otherwise, simples.redirections(), at);
  }

  private Command caseOf(Position at) throws SyntaxException {
    Word subject = word("the word after 'case'");
    scripts.skipNewlines();
    expect("in");
    scripts.skipNewlines();
    var items = new ArrayList<Item>();
    while (!takeIf("esac")) {
      items.add(item());
    }
    return new Command.Case(subject, items, simples.redirections(), at);
  }

  private Item item() throws SyntaxException {
    lexer.takeIf("(");
    var patterns = new ArrayList<Word>();
    do {
      patterns.add(word("a pattern"));
    } while (lexer.takeIf("|"));
    if (!lexer.takeIf(")")) {
      throw lexer.unexpected("')' after a pattern");
    }
    Script body = scripts.list(true);
    boolean fallsThrough = lexer.takeIf(";&");
    if (!fallsThrough && !lexer.takeIf(";;") && !isNext("esac")) {
      throw lexer.unexpected("';;' or 'esac'");
    }
    scripts.skipNewlines();
    return new Item(patterns, body, fallsThrough);
  }

  private Word word(String what) throws SyntaxException {
    if (!(lexer.peek() instanceof Token.Text text)) {
      throw lexer.unexpected(what);
    }
    lexer.take();
    return text.word();
  }

  private boolean isNext(String reserved) throws SyntaxException {
    return lexer.peek() instanceof Token.Text text && text.word().is(reserved);
  }

  private boolean takeIf(String reserved) throws SyntaxException {
    if (!isNext(reserved)) {
      return false;
    }
    lexer.take();
    return true;
  }

  private void expect(String reserved) throws SyntaxException {
    if (!takeIf(reserved)) {
      throw lexer.unexpected("'" + reserved + "'");
    }
  }
}
