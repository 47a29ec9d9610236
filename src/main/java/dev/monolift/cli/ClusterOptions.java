package dev.monolift.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The cluster that a command works on, as options. */
final class ClusterOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Context of the kubeconfig. Default: the current one.")
  private @Nullable String context;

  /**
   * The cluster and the credentials: of the context, or in a pod of its service account. A
   * kubeconfig that cannot be read or has no such context is a mistake of usage.
   */
  Config connection() {
    String named = Utils.getSystemPropertyOrEnvVar(Config.KUBERNETES_KUBECONFIG_FILE, "");
    Kubeconfig.mistake(Config.getKubeconfigFilenames(), !named.isBlank(), context)
        .ifPresent(this::refuse);
    try {
      return Config.autoConfigure(context);
    } catch (RuntimeException e) {
      throw new ParameterException(
          command.commandLine(),
          "the kubeconfig `%s` cannot be used: %s"
              .formatted(String.join("`, `", Config.getKubeconfigFilenames()), root(e)),
          e);
    }
  }

  private void refuse(String mistake) {
    throw new ParameterException(command.commandLine(), mistake);
  }

  /** The innermost message, in one line. */
  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}
