package dev.monolift.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.monolift.cli.ExitCode;
import dev.monolift.demo.Ending;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./monolift bench}: what the operator costs. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what the operator costs on a control plane of its own: time, CPU, memory, writes and"
          + " reads when workers are created, when nothing happens, when one changes, and when the"
          + " operator is restarted. Prints a table beside the targets. Ctrl-C removes everything.",
      "",
      "Let nothing else run meanwhile. It needs Linux, and a control plane that is built with Go once."
    },
    footer = {
      "",
      "Examples:",
      "  ./monolift bench                              100 and 1,000 workers, about half an hour",
      "  ./monolift bench --workers 100 --idle 60      a first look, some minutes",
      "  ./monolift bench --page docs/benchmarks.md    the page of the docs",
    })
public final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--workers",
      split = ",",
      paramLabel = "COUNT",
      defaultValue = "100,1000",
      description = "How many workers; one measurement for each number. Default: ${DEFAULT-VALUE}.")
  private List<Integer> workers = List.of();

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long to look at an idle operator. Default: ${DEFAULT-VALUE}.")
  private int idleSeconds;

  @Option(
      names = "--changes",
      paramLabel = "COUNT",
      defaultValue = "100",
      description = "How many changes of a worker to time. Default: ${DEFAULT-VALUE}.")
  private int changes;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write all figures as JSON.")
  private @Nullable Path output;

  @Option(names = "--page", paramLabel = "FILE", description = "Write the table as a page.")
  private @Nullable Path page;

  private final Path checkout = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  /** For picocli. */
  public BenchCommand() {}

  @Override
  public Integer call() throws IOException {
    require(Machine.isLinux(), "bench needs Linux: it reads /proc");
    require(workers.stream().allMatch(count -> count > 0), "--workers must be positive");
    require(idleSeconds > 0 && changes > 0, "--idle and --changes must be positive");
    quietLibraries();
    PrintWriter out = spec.commandLine().getOut();
    var run = BenchRun.create(checkout, line -> say(out, line));
    var ending = new Ending("bench", run::close, line -> say(out, line));
    try (ending) {
      return measureOrExplain(run, ending, out);
    } catch (InterruptedException e) {
      return ExitCode.PROBLEM;
    }
  }

  /** What went wrong is said before everything is removed, so that the log can be kept. */
  private int measureOrExplain(BenchRun run, Ending ending, PrintWriter out)
      throws IOException, InterruptedException {
    try {
      return measure(run, ending, out);
    } catch (IOException | IllegalStateException | KubernetesClientException e) {
      // Ctrl-C reaches the programs that we wait for as well; that they fail is no news then.
      if (!ending.isAsked()) {
        run.keepLog();
        say(out, "monolift bench: " + e.getMessage());
        say(out, "The operator's log stays: " + run.log());
      }
      return ExitCode.PROBLEM;
    }
  }

  private int measure(BenchRun run, Ending ending, PrintWriter out)
      throws IOException, InterruptedException {
    Machine machine = Machine.here();
    say(out, machine.sentence());
    var all = new ArrayList<Figures>();
    for (int count : workers) {
      all.add(run.measure(count, Duration.ofSeconds(idleSeconds), changes));
      ending.throwIfAsked();
    }
    var text = new Page(new Report(all), machine);
    say(out, "");
    text.table().forEach(line -> say(out, line));
    if (output != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(output.toFile(), Map.of("machine", machine, "figures", all));
    }
    if (page != null) {
      Files.writeString(page, text.markdown(commandLine(), LocalDate.now(ZoneOffset.UTC)));
    }
    return ExitCode.OK;
  }

  private String commandLine() {
    return "./monolift " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  /** The client warns of our v1alpha1. */
  private static void quietLibraries() {
    if (LoggerFactory.getLogger("io.fabric8.kubernetes.client") instanceof Logger logger) {
      logger.setLevel(Level.ERROR);
    }
  }
}
