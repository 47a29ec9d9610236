package dev.monolift.shell;

import dev.monolift.shell.Script.AndOr;
import dev.monolift.shell.Script.Pipeline;
import dev.monolift.shell.Script.Statement;
import dev.monolift.shell.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lists, pipelines and what stands in them (XCU 2.10.2), by recursive descent. */
final class ScriptParser {
  /** Reserved words that end a list; the others begin a command. */
  private static final Set<String> CLOSING =
      Set.of("}", "do", "done", "elif", "else", "esac", "fi", "then");

  /** Special builtins, which cannot become functions (XCU 2.9.5). */
  private static final Set<String> SPECIAL =
      Set.of(
          "break",
          ":",
          "continue",
          ".",
          "eval",
          "exec",
          "exit",
          "export",
          "readonly",
          "return",
          "set",
          "shift",
          "times",
          "trap",
          "unset");

  private final Lexer lexer;
  private final CompoundParser compounds;
  private final SimpleParser simples;

  ScriptParser(Lexer lexer) {
    this.lexer = lexer;
    this.simples = new SimpleParser(lexer);
    this.compounds = new CompoundParser(lexer, this, simples);
  }

  /** Reads to the end of the text. */
  Script whole() throws SyntaxException {
    Script script = list(true);
    if (!(lexer.peek() instanceof Token.End)) {
      throw misplaced();
    }
    return script;
  }

  /** Reads to the parenthesis that closes a substitution, and takes it. */
  Script substitution(int start) throws SyntaxException {
    Script script = list(true);
    if (lexer.peek() instanceof Token.End) {
      throw new SyntaxException(start, "this '$(' has no ')'");
    }
    if (lexer.expectsDocuments()) {
      throw lexer.unexpected("the text of a here-document");
    }
    if (!lexer.takeIf(")")) {
      throw misplaced();
    }
    return script;
  }

  /** Commands up to something that cannot begin one: a closing word, a parenthesis, the end. */
  Script list(boolean mayBeEmpty) throws SyntaxException {
    var statements = new ArrayList<Statement>();
    boolean newline = skipNewlines();
    while (!isListEnd()) {
      AndOr andOr = andOr();
      boolean background = lexer.takeIf("&");
      boolean separated = background || lexer.takeIf(";");
      statements.add(new Statement(andOr, background));
      newline = skipNewlines();
      if (!separated && !newline) {
        break;
      }
    }
    if (statements.isEmpty() && !mayBeEmpty) {
      throw lexer.unexpected("a command");
    }
    return new Script(statements, newline && !statements.isEmpty());
  }

  boolean skipNewlines() throws SyntaxException {
    boolean any = false;
    while (lexer.takeIf(Lexer.NEWLINE)) {
      any = true;
    }
    return any;
  }

  private boolean isListEnd() throws SyntaxException {
    return switch (lexer.peek()) {
      case Token.End end -> true;
      case Token.Operator operator -> Set.of(")", ";;", ";&").contains(operator.symbol());
      case Token.Text text -> CLOSING.stream().anyMatch(text.word()::is);
      case Token.Descriptor descriptor -> false;
    };
  }

  /** What stopped a list although it is not what the list ends with. */
  SyntaxException misplaced() throws SyntaxException {
    Token token = lexer.peek();
    return new SyntaxException(token.start(), token.shown() + " has no place here");
  }

  private AndOr andOr() throws SyntaxException {
    Pipeline first = pipeline();
    var rest = new ArrayList<Step>();
    while (lexer.isNext("&&") || lexer.isNext("||")) {
      boolean and = lexer.takeIf("&&") || !lexer.takeIf("||");
      skipNewlines();
      rest.add(new Step(and, pipeline()));
    }
    return new AndOr(first, rest);
  }

  private Pipeline pipeline() throws SyntaxException {
    boolean negated = lexer.peek() instanceof Token.Text text && text.word().is("!");
    if (negated) {
      lexer.take();
    }
    List<Command> commands = new ArrayList<>();
    commands.add(command());
    while (lexer.takeIf("|")) {
      skipNewlines();
      commands.add(command());
    }
    return new Pipeline(negated, commands);
  }

  /** A simple or compound command, or the definition of a function. */
  private Command command() throws SyntaxException {
    if (lexer.peek() instanceof Token.Text text
        && (text.word().is("!") || CLOSING.stream().anyMatch(text.word()::is))) {
      throw lexer.unexpected("a command");
    }
    return compounds.starts() ? compounds.read() : function(simples.read());
  }

  /** A lone word before parentheses was the name of a function. */
  private Command function(Command.Simple simple) throws SyntaxException {
    if (!lexer.isNext("(")) {
      return simple;
    }
    String name =
        simple.words().size() == 1
                && simple.assignments().isEmpty()
                && simple.redirections().isEmpty()
                && !simple.words().getFirst().isQuoted()
            ? simple.name().filter(SimpleParser::isName).orElse("")
            : "";
    if (name.isEmpty() || SPECIAL.contains(name)) {
      throw misplaced();
    }
    lexer.take();
    if (!lexer.takeIf(")")) {
      throw lexer.unexpected("')'");
    }
    skipNewlines();
    if (!compounds.starts()) {
      throw lexer.unexpected("the body of function " + name + ", for example in braces,");
    }
    return new Command.Function(name, compounds.read(), simple.at());
  }
}
