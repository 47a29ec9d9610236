package dev.monolift.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.monolift.drain.EntrypointVerdict.Severity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code monolift lint}: how the pods in files will end, before any of them runs. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description = {
      "Says of the containers in files how a stop of theirs will go: what the command looks like,"
          + " what happens without Monolift, what Monolift does about it, and what the team can do.",
      "",
      "It looks at MonolithWorkers, and at Deployments, StatefulSets, DaemonSets, Jobs, CronJobs and"
          + " Pods as `kubectl get -o yaml` prints them: nothing has to be moved first. It knows what"
          + " a manifest shows, command, args and the name of the image, and the scripts in ConfigMaps"
          + " of the same files. What is in the image it cannot see, and says so."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:No container is known to lose a job on a stop.",
      "1:A stop breaks a container, and nothing puts that right; or a file has an error.",
      "2:Wrong options, or a file that cannot be read."
    },
    footer = {
      "",
      "Examples:",
      "  monolift lint -f worker.yaml",
      "  kubectl get deployments,cronjobs -o yaml | monolift lint -f -",
      "  monolift lint -f deployment.yaml -f configmap.yaml -o json"
    })
public final class LintCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private FileOptions files = new FileOptions();

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  /** For picocli. */
  public LintCommand() {}

  /** How the result is written. */
  enum Format {
    text,
    json
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    var input = files.read(LintSubjects.KINDS);
    var subjects = new LintSubjects(input);
    input.ignored().stream().sorted().forEach(type -> err.println("ignored: objects of " + type));
    var problems = new ArrayList<Object>(input.problems());
    problems.addAll(subjects.problems());
    problems.forEach(err::println);
    if (!problems.isEmpty()) {
      return ExitCode.PROBLEM;
    }
    List<LintedContainer> containers = subjects.containers();
    if (containers.isEmpty()) {
      err.println("there is no container in " + files.names());
      return ExitCode.PROBLEM;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(format == Format.json ? json(containers) : LintText.of(containers));
    out.flush();
    return containers.stream().anyMatch(it -> it.verdict().severity() == Severity.Problem)
        ? ExitCode.PROBLEM
        : ExitCode.OK;
  }

  private static String json(List<LintedContainer> containers) {
    try {
      return new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(containers)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a verdict cannot be written as JSON", e);
    }
  }
}
