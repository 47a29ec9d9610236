package dev.monolift.shell;

import java.util.List;
import java.util.Random;

/** Random scripts that follow the grammar, and what becomes of them by random edits. */
record RandomScript(Random random) {
  private static final List<String> WORDS =
      List.of(
          "php",
          "worker.php",
          "'a b'",
          "\"x $HOME y\"",
          "$(date)",
          "${A:-b}",
          "\\$",
          "a\\ b",
          "-x",
          "$((1 + 2))",
          "`id`",
          "\"$(echo \"q\")\"",
          "''",
          "x=1",
          "\"\"",
          "*.log",
          "~/x",
          "$@",
          "a#b",
          "if",
          "done",
          "{",
          "$(case x in (x) a;; esac)",
          "${B%'}'}",
          "\"${C:-'}\"",
          "é",
          "$",
          "=",
          "!");
  private static final List<String> NAMES =
      List.of("php", "exec", "trap", "wait", "sleep", "./run");
  private static final List<String> REDIRECTIONS =
      List.of(">x", "2>&1", "<y", ">> z", "2>/dev/null", ">|q", "<&-", "<>w");
  private static final String NOISE = "(){};&|<>\"'`$\\\n #!=-x1 \tdo done fi";

  static String valid(long seed) {
    return new RandomScript(new Random(seed)).list(2);
  }

  static String mutated(long seed) {
    var script = new RandomScript(new Random(seed));
    var text = new StringBuilder(script.list(2));
    int edits = 1 + script.random.nextInt(4);
    for (int i = 0; i < edits; i++) {
      script.edit(text);
    }
    return text.toString();
  }

  static String noise(long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    int length = random.nextInt(60);
    for (int i = 0; i < length; i++) {
      text.append(NOISE.charAt(random.nextInt(NOISE.length())));
    }
    return text.toString();
  }

  private void edit(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(4)) {
      case 0 -> text.setLength(at);
      case 1 -> text.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
      case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
      default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
    }
  }

  private String list(int depth) {
    var text = new StringBuilder();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      text.append(andOr(depth)).append(pick(List.of("\n", ";", "; ", " &", " # c '\n", "\n\n")));
    }
    return text.toString();
  }

  private String andOr(int depth) {
    var text = new StringBuilder(pipeline(depth));
    while (random.nextInt(3) == 0) {
      text.append(pick(List.of(" && ", "||", " &&\n"))).append(pipeline(depth));
    }
    return text.toString();
  }

  private String pipeline(int depth) {
    var text = new StringBuilder(random.nextInt(8) == 0 ? "! " : "").append(command(depth));
    while (random.nextInt(4) == 0) {
      text.append(pick(List.of(" | ", "|", "|\n"))).append(command(depth));
    }
    return text.toString();
  }

  private String command(int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(12);
    String inner = depth == 0 ? "" : list(depth - 1);
    String text =
        switch (kind) {
          case 0 -> "{ " + inner + "}";
          case 1 -> "( " + inner + ")";
          case 2 -> "while " + inner + "do " + list(depth - 1) + "done";
          case 3 -> "until " + inner + "do " + list(depth - 1) + "done";
          case 4 -> "for i in " + words() + "; do " + inner + "done";
          case 5 -> "if " + inner + "then " + list(depth - 1) + "else " + list(depth - 1) + "fi";
          case 6 -> "case " + word() + " in a|b) " + inner + "\n;; (*) " + inner + "\n esac";
          case 7 -> "f() { " + inner + "}";
          default -> simple();
        };
    return random.nextInt(4) == 0 ? text + " " + pick(REDIRECTIONS) : text;
  }

  private String simple() {
    String assignment = random.nextInt(4) == 0 ? "A=" + word() + " " : "";
    return assignment + pick(NAMES) + " " + words();
  }

  private String words() {
    var text = new StringBuilder(word());
    while (random.nextInt(2) == 0) {
      text.append(random.nextInt(10) == 0 ? " \\\n" : " ").append(word());
    }
    return text.toString();
  }

  private String word() {
    return pick(WORDS);
  }

  private String pick(List<String> some) {
    return some.get(random.nextInt(some.size()));
  }
}
