package dev.monolift.cli;

import io.fabric8.kubernetes.client.Config;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The cluster that a command works on, as options. */
final class ClusterOptions {
  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Context of the kubeconfig. Default: the current one.")
  private @Nullable String context;

  /** The cluster and the credentials: of the context, or in a pod of its service account. */
  Config connection() {
    return Config.autoConfigure(context);
  }
}
