package dev.monolift.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Utils;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
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
    String master = Utils.getSystemPropertyOrEnvVar(Config.KUBERNETES_MASTER_SYSTEM_PROPERTY, "");
    if (!master.isBlank()) {
      // the client would take it instead of the context's server, with the context's credentials
      refuse(
          "KUBERNETES_MASTER is set, to `%s`; unset it, and name the cluster by KUBECONFIG and --context"
              .formatted(master));
    }
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

  /**
   * Why a command could not do its work.
   *
   * @param config the cluster
   * @param failure what a request ended with
   * @return one sentence: the API server's answer, or why there was none
   */
  static String sentence(Config config, KubernetesClientException failure) {
    return "the cluster at "
        + config.getMasterUrl()
        + (failure.getCode() <= 0
            ? " does not answer: " + whyNot(failure)
            : ": " + failure.getMessage());
  }

  /** The HTTP client of the JDK leaves the commonest causes without a message. */
  private static String whyNot(Throwable failure) {
    boolean refused = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "its name cannot be resolved";
      }
      refused |= cause instanceof ConnectException;
    }
    return refused ? "nothing accepts connections there" : root(failure);
  }

  private void refuse(String mistake) {
    throw new ParameterException(command.commandLine(), mistake);
  }

  /** The first line of the innermost message, or what it is when it says nothing. */
  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Optional.ofNullable(root.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .orElse(root.getClass().getSimpleName());
  }
}
