package dev.monolift.drain;

import dev.monolift.drain.ShellRun.Place;
import dev.monolift.shell.Command;
import dev.monolift.shell.Script;
import dev.monolift.shell.Script.AndOr;
import dev.monolift.shell.Script.Pipeline;
import dev.monolift.shell.Script.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All simple commands of a script in the order in which they stand, each with what is around it.
 */
final class ShellRuns {
  private final Map<String, Command> functions = new HashMap<>();
  private final Set<String> entered = new HashSet<>();
  private final List<ShellRun> runs = new ArrayList<>();

  private ShellRuns() {}

  static List<ShellRun> of(Script script) {
    var all = new ShellRuns();
    all.list(script, EnumSet.noneOf(Place.class));
    return List.copyOf(all.runs);
  }

  private static EnumSet<Place> with(Set<Place> places, boolean really, Place more) {
    EnumSet<Place> all = EnumSet.noneOf(Place.class);
    all.addAll(places);
    if (really) {
      all.add(more);
    }
    return all;
  }

  private void list(Script script, Set<Place> around) {
    List<Statement> statements = script.statements();
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      Set<Place> places = with(around, i + 1 < statements.size(), Place.NOT_LAST);
      andOr(statement.andOr(), with(places, statement.background(), Place.BACKGROUND));
    }
  }

  private void andOr(AndOr andOr, Set<Place> around) {
    pipeline(andOr.first(), with(around, !andOr.rest().isEmpty(), Place.NOT_LAST));
    for (int i = 0; i < andOr.rest().size(); i++) {
      boolean last = i + 1 == andOr.rest().size();
      pipeline(andOr.rest().get(i).pipeline(), with(around, !last, Place.NOT_LAST));
    }
  }

  private void pipeline(Pipeline pipeline, Set<Place> around) {
    Set<Place> places = with(around, pipeline.negated(), Place.NEGATED);
    Set<Place> inPipe = with(places, pipeline.commands().size() > 1, Place.PIPE);
    pipeline.commands().forEach(command -> command(command, inPipe));
  }

  private void command(Command command, Set<Place> around) {
    Set<Place> inside = with(around, true, Place.COMPOUND);
    switch (command) {
      case Command.Simple simple -> simple(simple, around);
      case Command.Group group ->
          list(group.body(), with(inside, group.subshell(), Place.SUBSHELL));
      case Command.Loop loop -> {
        Set<Place> repeated = with(inside, true, Place.LOOP);
        list(loop.condition(), repeated);
        list(loop.body(), repeated);
      }
      case Command.For loop -> list(loop.body(), with(inside, true, Place.LOOP));
      case Command.If branches -> {
        for (Command.Branch branch : branches.branches()) {
          list(branch.condition(), with(inside, true, Place.NOT_LAST));
          list(branch.body(), inside);
        }
        if (branches.otherwise() != null) {
          list(branches.otherwise(), inside);
        }
      }
      case Command.Case choice -> choice.items().forEach(item -> list(item.body(), inside));
      case Command.Function function -> functions.put(function.name(), function.body());
    }
  }

  /** A call of a function stands for what it does; one that calls itself is followed once. */
  private void simple(Command.Simple simple, Set<Place> around) {
    String name = simple.name().orElse("");
    Command body = functions.get(name);
    if (body == null) {
      runs.add(new ShellRun(simple, around));
    } else if (entered.add(name)) {
      command(body, with(around, true, Place.FUNCTION));
      entered.remove(name);
    }
  }
}
