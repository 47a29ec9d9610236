package dev.monolift.shell;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command. */
public sealed interface Command {
  /**
   * Where it starts.
   *
   * @return the place
   */
  Position at();

  /**
   * Its own redirections.
   *
   * @return in order; those of a function take effect when it is called
   */
  List<Redirection> redirections();

  /**
   * A program, a builtin or a function with its arguments.
   *
   * @param assignments variables set for it, or for the shell when there are no words
   * @param words name and arguments; empty when it only assigns or redirects
   * @param redirections its redirections, in their order
   * @param at where it begins
   */
  record Simple(
      List<Assignment> assignments, List<Word> words, List<Redirection> redirections, Position at)
      implements Command {
    /** Copies the lists. */
    public Simple {
      assignments = List.copyOf(assignments);
      words = List.copyOf(words);
      redirections = List.copyOf(redirections);
    }

    /**
     * What is run.
     *
     * @return the first word; empty when there is none or when it is not known before it runs
     */
    public Optional<String> name() {
      return words.isEmpty() ? Optional.empty() : words.getFirst().text();
    }
  }

  /**
   * Commands in braces, or in parentheses.
   *
   * @param subshell whether they run in a process of their own: parentheses
   * @param body the commands
   * @param redirections its redirections, in their order
   * @param at where it begins
   */
  record Group(boolean subshell, Script body, List<Redirection> redirections, Position at)
      implements Command {
    /** Copies the list. */
    public Group {
      redirections = List.copyOf(redirections);
    }
  }

  /**
   * {@code while} and {@code until}.
   *
   * @param until whether it runs until the condition holds
   * @param condition commands whose last decides
   * @param body what is repeated
   * @param redirections its redirections, in their order
   * @param at where it begins
   */
  record Loop(
      boolean until, Script condition, Script body, List<Redirection> redirections, Position at)
      implements Command {
    /** Copies the list. */
    public Loop {
      redirections = List.copyOf(redirections);
    }
  }

  /**
   * {@code for}.
   *
   * @param variable the name
   * @param items the words after {@code in}; null without {@code in}: the script's arguments
   * @param body what is repeated
   * @param redirections its redirections, in their order
   * @param at where it begins
   */
  record For(
      String variable,
      @Nullable List<Word> items,
      Script body,
      List<Redirection> redirections,
      Position at)
      implements Command {
    /** Copies the lists. */
    public For {
      items = items == null ? null : List.copyOf(items);
      redirections = List.copyOf(redirections);
    }
  }

  /**
   * {@code if}.
   *
   * @param branches {@code if} and every {@code elif}; one or more
   * @param otherwise {@code else}; null when there is none
   * @param redirections its redirections, in their order
   * @param at where it begins
   */
  record If(
      List<Branch> branches,
      @Nullable Script otherwise,
      List<Redirection> redirections,
      Position at)
      implements Command {
    /** Copies the lists. */
    public If {
      branches = List.copyOf(branches);
      redirections = List.copyOf(redirections);
    }
  }

  /**
   * One branch of an {@code if}.
   *
   * @param condition commands whose last decides
   * @param body what runs then
   */
  record Branch(Script condition, Script body) {}

  /**
   * {@code case}.
   *
   * @param subject what is compared
   * @param items the patterns and their commands
   * @param redirections its redirections, in their order
   * @param at where it begins
   */
  record Case(Word subject, List<Item> items, List<Redirection> redirections, Position at)
      implements Command {
    /** Copies the lists. */
    public Case {
      items = List.copyOf(items);
      redirections = List.copyOf(redirections);
    }
  }

  /**
   * One entry of a {@code case}.
   *
   * @param patterns one or more
   * @param body the commands; without statements when there are none
   * @param fallsThrough whether {@code ;&} ends it: the next entry's commands run too
   */
  record Item(List<Word> patterns, Script body, boolean fallsThrough) {
    /** Copies the list. */
    public Item {
      patterns = List.copyOf(patterns);
    }
  }

  /**
   * A function that is defined, not run.
   *
   * @param name its name
   * @param body a compound command
   * @param at where it begins
   */
  record Function(String name, Command body, Position at) implements Command {
    @Override
    public List<Redirection> redirections() {
      return body.redirections();
    }
  }
}
