package dev.monolift.demo;

import dev.monolift.demo.Text.Span;
import dev.monolift.demo.Text.Style;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the demo prints: a terminal, whose lower part can be drawn again, or anything else, which
 * gets plain lines.
 */
final class Terminal {
  private static final Size FALLBACK = new Size(24, 80);

  private final Supplier<Size> size;
  private final PrintStream out;
  private final boolean redraws;
  private final boolean colours;
  private final boolean unicode;
  private List<Text> drawn = new ArrayList<>();

  Terminal(PrintStream out, boolean redraws, boolean colours, Supplier<Size> size) {
    this.out = out;
    this.size = size;
    this.redraws = redraws;
    this.colours = redraws && colours;
    this.unicode = out.charset().newEncoder().canEncode('└');
  }

  /** Standard output, by what it is and what the environment asks for. */
  static Terminal standard(Map<String, String> environment) {
    // JDK 25 has no console where standard input or output is not a terminal.
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    boolean able = terminal && !"dumb".equals(environment.get("TERM"));
    // https://no-color.org: any value that is not empty
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(System.out, able, colours, Terminal::size);
  }

  /** Lines and columns. */
  record Size(int lines, int columns) {}

  boolean redraws() {
    return redraws;
  }

  /** Prints a line that stays. */
  void say(String line) {
    say(Text.of(line));
  }

  /** Prints a line that stays. */
  void say(Text line) {
    out.println(styled(line));
    out.flush();
  }

  /**
   * Shows a tree in place of the one before, with as much detail as fits; without a terminal, below
   * it, when it differs.
   *
   * @param tree the tree
   * @param footer lines that a terminal always shows below it; others have seen them
   */
  void show(List<TreeNode> tree, List<Text> footer) {
    if (!redraws) {
      List<Text> lines = TreeNode.lines(tree, TreeNode.ALL);
      if (!lines.equals(drawn)) {
        lines.forEach(this::say);
        say("");
        drawn = lines;
      }
      return;
    }
    Size room = size.get();
    // The last column stays free: some terminals wrap when it is written.
    List<Text> wanted = new ArrayList<>(fitting(tree, room.lines() - 1 - footer.size()));
    wanted.addAll(footer);
    List<Text> lines = wanted.stream().map(line -> line.cut(room.columns() - 1)).toList();
    if (lines.equals(drawn)) {
      return;
    }
    var frame = new StringBuilder();
    if (!drawn.isEmpty()) {
      frame.append("\033[").append(drawn.size()).append("A\r\033[J");
    }
    lines.forEach(line -> frame.append(styled(line)).append(System.lineSeparator()));
    out.print(frame);
    out.flush();
    drawn = lines;
  }

  private static List<Text> fitting(List<TreeNode> tree, int height) {
    for (int detail = TreeNode.ALL; detail >= 0; detail--) {
      List<Text> lines = new ArrayList<>(TreeNode.lines(tree, detail));
      if (lines.size() + 1 <= height) {
        if (detail < TreeNode.ALL) {
          lines.add(Text.of(Style.DIM, "(a higher window shows more)"));
        }
        return lines;
      }
    }
    List<Text> lines = TreeNode.lines(tree, 0);
    return lines.subList(0, Math.min(lines.size(), Math.max(1, height)));
  }

  private static Size size() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      String[] numbers =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ", -1);
      var size = new Size(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
      return size.lines() > 0 && size.columns() > 0 ? size : FALLBACK;
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return FALLBACK;
    }
  }

  private String styled(Text line) {
    var text = new StringBuilder();
    for (Span span : line.spans()) {
      String code = colours ? code(span.style()) : "";
      text.append(code).append(printable(span.text())).append(code.isEmpty() ? "" : "\033[0m");
    }
    return text.toString();
  }

  private static String code(Style style) {
    return switch (style) {
      case PLAIN -> "";
      case BOLD -> "\033[1m";
      case DIM -> "\033[2m";
      case GOOD -> "\033[32m";
      case BUSY -> "\033[33m";
      case BAD -> "\033[31m";
    };
  }

  private String printable(String text) {
    return unicode
        ? text
        : text.replace("├─", "|-")
            .replace("└─", "`-")
            .replace("│", "|")
            .replace("→", "->")
            .replace("…", "...");
  }
}
