package dev.monolift.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.demo.Text.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person or a pipe gets to see. */
final class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aPipeGetsPlainLinesAndOnlyWhatChanged() {
    Terminal pipe = terminal(false, true, 0, StandardCharsets.UTF_8);

    pipe.show(List.of(tree("1/2")), List.of());
    pipe.show(List.of(tree("1/2")), List.of());
    pipe.show(List.of(tree("2/2")), List.of());

    assertThat(printed()).isEqualTo("mail\n└─ 1/2\n   └─ pod\n\nmail\n└─ 2/2\n   └─ pod\n\n");
  }

  @Test
  void aTerminalDrawsInPlace() {
    Terminal screen = terminal(true, false, 24, StandardCharsets.UTF_8);

    screen.show(List.of(tree("1/2")), List.of());
    screen.show(List.of(tree("2/2")), List.of());

    assertThat(printed())
        .isEqualTo("mail\n└─ 1/2\n   └─ pod\n\033[3A\r\033[Jmail\n└─ 2/2\n   └─ pod\n");
  }

  @Test
  void theFooterStaysInALowWindow() {
    terminal(true, false, 4, StandardCharsets.UTF_8)
        .show(List.of(tree("1/2")), List.of(Text.of("Ctrl-C")));

    assertThat(printed()).isEqualTo("mail\n(a higher window shows more)\nCtrl-C\n");
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    terminal(true, true, 24, StandardCharsets.UTF_8).say(Text.of(Style.GOOD, "ok"));
    terminal(true, false, 24, StandardCharsets.UTF_8).say(Text.of(Style.GOOD, "ok"));
    terminal(false, true, 24, StandardCharsets.UTF_8).say(Text.of(Style.GOOD, "ok"));

    assertThat(printed()).isEqualTo("\033[32mok\033[0m\nok\nok\n");
  }

  @Test
  void aLowWindowShowsLessInsteadOfScrolling() {
    terminal(true, false, 4, StandardCharsets.UTF_8).show(List.of(tree("1/2")), List.of());

    assertThat(printed()).isEqualTo("mail\n└─ 1/2\n(a higher window shows more)\n");
  }

  @Test
  void anAsciiTerminalGetsAsciiBranches() {
    terminal(false, false, 0, StandardCharsets.US_ASCII).show(List.of(tree("8 → 2")), List.of());

    assertThat(printed()).isEqualTo("mail\n`- 8 -> 2\n   `- pod\n\n");
  }

  private static TreeNode tree(String ready) {
    TreeNode pod = TreeNode.leaf(TreeNode.ALL, Text.of("pod"));
    return new TreeNode(0, Text.of("mail"), List.of(new TreeNode(1, Text.of(ready), List.of(pod))));
  }

  private Terminal terminal(boolean redraws, boolean colours, int lines, Charset charset) {
    return new Terminal(
        new PrintStream(bytes, true, charset),
        redraws,
        colours,
        () -> new Terminal.Size(lines, 80));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
