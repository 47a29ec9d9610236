package dev.monolift.cli;

import dev.monolift.cli.manifest.Manifests;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The files that a command works on, as options. */
final class FileOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE",
      description = "A file, a directory, or - for standard input. May be given several times.")
  private List<String> files = List.of();

  @Option(
      names = {"-n", "--namespace"},
      defaultValue = "default",
      paramLabel = "NAME",
      description = "Namespace of objects that name none. Default: ${DEFAULT-VALUE}.")
  private String namespace = "default";

  /**
   * Reads the files.
   *
   * @param known kinds that are read beside ours, by apiVersion and kind
   * @return what they hold; a file that cannot be read is a mistake of usage
   */
  RenderInput read(Map<String, Class<? extends HasMetadata>> known) {
    try {
      return new RenderInput(Manifests.read(files, System.in), namespace, known);
    } catch (IOException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** The files' names as the user gave them, for a message. */
  String names() {
    return String.join(", ", files);
  }
}
