package dev.monolift.drain;

import dev.monolift.shell.Command;
import dev.monolift.shell.Word;
import java.util.List;
import java.util.Set;

/**
 * A program that a script runs, and where it stands in the script.
 *
 * @param command the command
 * @param places everything around it
 */
record ShellRun(Command.Simple command, Set<Place> places) {
  ShellRun {
    places = Set.copyOf(places);
  }

  /** What stands around a command. */
  enum Place {
    /** In a loop. */
    LOOP,
    /** In a pipeline with others. */
    PIPE,
    /** Followed by an ampersand. */
    BACKGROUND,
    /** In parentheses. */
    SUBSHELL,
    /** In braces, {@code if} or {@code case}. */
    COMPOUND,
    /** In a function that is called. */
    FUNCTION,
    /** After an exclamation mark. */
    NEGATED,
    /** Something follows. */
    NOT_LAST
  }

  boolean is(Place place) {
    return places.contains(place);
  }

  /** Its words as far as they are known. */
  List<String> argv() {
    return command.words().stream().map(Word::shown).toList();
  }

  boolean isExec() {
    return command.words().size() > 1 && command.words().getFirst().shown().equals("exec");
  }
}
