package dev.monolift.shell;

import dev.monolift.shell.Script.AndOr;
import dev.monolift.shell.Script.Pipeline;
import dev.monolift.shell.Script.Statement;
import java.util.ArrayList;
import java.util.List;

/** Writes a script so that every bit of structure shows and a shell reads the same again. */
final class ScriptPrinter {
  private final StringBuilder out = new StringBuilder();
  private final List<HereDocument> pending = new ArrayList<>();

  private ScriptPrinter() {}

  static String print(Script script) {
    var printer = new ScriptPrinter();
    printer.list(script);
    return printer.out.toString();
  }

  private void list(Script script) {
    for (Statement statement : script.statements()) {
      andOr(statement.andOr());
      out.append(statement.background() ? " &\n" : "\n");
      for (HereDocument document : pending) {
        out.append(document.body());
        if (!document.body().isEmpty() && !document.body().endsWith("\n")) {
          out.append('\n');
        }
        out.append(document.delimiter()).append('\n');
      }
      pending.clear();
    }
  }

  private void andOr(AndOr andOr) {
    pipeline(andOr.first());
    andOr
        .rest()
        .forEach(
            step -> {
              out.append(step.and() ? " && " : " || ");
              pipeline(step.pipeline());
            });
  }

  private void pipeline(Pipeline pipeline) {
    out.append(pipeline.negated() ? "! " : "");
    command(pipeline.commands().getFirst());
    for (Command command : pipeline.commands().subList(1, pipeline.commands().size())) {
      out.append(" | ");
      command(command);
    }
  }

  private void command(Command command) {
    switch (command) {
      case Command.Simple simple -> {
        simple(simple);
        return;
      }
      case Command.Group group -> {
        out.append(group.subshell() ? "( " : "{ ");
        list(group.body());
        out.append(group.subshell() ? ")" : "}");
      }
      case Command.Loop loop -> {
        out.append(loop.until() ? "until " : "while ");
        list(loop.condition());
        body(loop.body());
      }
      case Command.For loop -> {
        out.append("for ").append(loop.variable());
        if (loop.items() != null) {
          out.append(" in");
          words(loop.items());
        }
        out.append("\n");
        body(loop.body());
      }
      case Command.If branches -> ifElse(branches);
      case Command.Case choice -> choice(choice);
      case Command.Function function -> {
        out.append(function.name()).append("() ");
        command(function.body());
        return;
      }
    }
    command.redirections().forEach(this::redirection);
  }

  private void body(Script body) {
    out.append("do ");
    list(body);
    out.append("done");
  }

  private void ifElse(Command.If command) {
    String word = "if ";
    for (Command.Branch branch : command.branches()) {
      out.append(word);
      list(branch.condition());
      out.append("then ");
      list(branch.body());
      word = "elif ";
    }
    if (command.otherwise() != null) {
      out.append("else ");
      list(command.otherwise());
    }
    out.append("fi");
  }

  private void choice(Command.Case command) {
    out.append("case ").append(command.subject().raw()).append(" in\n");
    for (Command.Item item : command.items()) {
      out.append("(");
      out.append(String.join(" | ", item.patterns().stream().map(Word::raw).toList()));
      out.append(") ");
      list(item.body());
      out.append(item.fallsThrough() ? ";&\n" : ";;\n");
    }
    out.append("esac");
  }

  private void simple(Command.Simple simple) {
    String gap = "";
    if (simple.assignments().isEmpty()) {
      // first, because a word after one is never a reserved word: `<file if`
      simple.redirections().forEach(this::redirection);
      gap = simple.redirections().isEmpty() ? "" : " ";
    }
    for (Assignment assignment : simple.assignments()) {
      out.append(gap).append(assignment.name()).append('=').append(assignment.value().raw());
      gap = " ";
    }
    for (Word word : simple.words()) {
      out.append(gap).append(word.raw());
      gap = " ";
    }
    if (!simple.assignments().isEmpty()) {
      simple.redirections().forEach(this::redirection);
    }
  }

  private void words(List<Word> words) {
    words.forEach(word -> out.append(' ').append(word.raw()));
  }

  private void redirection(Redirection redirection) {
    out.append(' ');
    if (redirection.descriptor() != null) {
      out.append((int) redirection.descriptor());
    }
    out.append(redirection.operator()).append(redirection.target().raw());
    if (redirection.hereDocument() != null) {
      pending.add(redirection.hereDocument());
    }
  }
}
