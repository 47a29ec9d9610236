package dev.monolift.shell;

import java.util.List;
import java.util.Optional;

/**
 * A word of a command line, before any expansion.
 *
 * @param raw as it is written
 * @param parts its pieces in order
 * @param at where it starts
 */
public record Word(String raw, List<WordPart> parts, Position at) {
  /** Copies the list. */
  public Word {
    parts = List.copyOf(parts);
  }

  /**
   * The text that a program gets as its argument, when that is known without running anything.
   *
   * @return the word without its quotes; empty when the shell would replace something in it. File
   *     name patterns and {@code ~} are not looked at
   */
  public Optional<String> text() {
    var text = new StringBuilder();
    for (WordPart part : parts) {
      switch (part) {
        case WordPart.Literal literal -> text.append(literal.text());
        case WordPart.Quoted quoted -> text.append(quoted.text());
        case WordPart.Expansion expansion -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(text.toString());
  }

  /**
   * The word without its quotes, with what would be replaced left as it is written.
   *
   * @return text for a person
   */
  public String shown() {
    var text = new StringBuilder();
    for (WordPart part : parts) {
      text.append(
          switch (part) {
            case WordPart.Literal literal -> literal.text();
            case WordPart.Quoted quoted -> quoted.text();
            case WordPart.Expansion expansion -> expansion.raw();
          });
    }
    return text.toString();
  }

  /** Whether something in it is quoted. */
  boolean isQuoted() {
    return parts.stream().anyMatch(WordPart.Quoted.class::isInstance);
  }

  /** Whether it is this word, without quotes: only then it can be a reserved word. */
  boolean is(String plain) {
    return parts.size() == 1
        && parts.getFirst() instanceof WordPart.Literal literal
        && literal.text().equals(plain);
  }
}
