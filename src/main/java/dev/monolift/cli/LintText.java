package dev.monolift.cli;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.drain.EntrypointVerdict;
import dev.monolift.drain.EntrypointVerdict.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code monolift lint} prints for people. */
final class LintText {
  private static final int WIDTH = 100;
  private static final String LABEL = "  %-18s";
  private static final String INDENT = " ".repeat(LABEL.formatted("").length());

  private final StringBuilder text = new StringBuilder();

  private LintText() {}

  static String of(List<LintedContainer> containers) {
    var lint = new LintText();
    containers.forEach(lint::add);
    lint.text.append(
        "%s: %d with a problem, %d handled by Monolift, %d without anything known against them%n"
            .formatted(
                containers.size() == 1 ? "1 container" : containers.size() + " containers",
                count(containers, Severity.Problem),
                count(containers, Severity.Handled),
                count(containers, Severity.Info)));
    return lint.text.toString().replace(System.lineSeparator(), "\n");
  }

  private static long count(List<LintedContainer> containers, Severity severity) {
    return containers.stream().filter(it -> it.verdict().severity() == severity).count();
  }

  private void add(LintedContainer it) {
    EntrypointVerdict verdict = it.verdict();
    text.append(
        "%s %s/%s, container %s: %s, %s%n"
            .formatted(
                it.kind(),
                it.namespace(),
                it.name(),
                it.container(),
                verdict.severity(),
                verdict.shape()));
    paragraph("without Monolift", verdict.withoutMonolift());
    // A Job ends by itself and does not become a MonolithWorker.
    if (!it.kind().endsWith("Job")) {
      paragraph(label(it), verdict.withMonolift());
    }
    paragraph("better", verdict.advice());
    text.append('\n');
  }

  private static String label(LintedContainer it) {
    boolean ours = it.kind().equals("MonolithWorker");
    return ours && it.verdict().role() != Program.None ? "with Monolift" : "Monolift would";
  }

  private void paragraph(String label, @Nullable String content) {
    if (content == null) {
      return;
    }
    var line = new StringBuilder(LABEL.formatted(label));
    String gap = "";
    for (String word : content.split(" ", -1)) {
      if (line.length() + gap.length() + word.length() > WIDTH && !gap.isEmpty()) {
        text.append(line).append('\n');
        line = new StringBuilder(INDENT);
        gap = "";
      }
      line.append(gap).append(word);
      gap = " ";
    }
    text.append(line).append('\n');
  }
}
