package dev.monolift.cli;

import dev.monolift.OperatorOptions;
import dev.monolift.OperatorOptions.LeaderElection;
import dev.monolift.StartFailure;
import dev.monolift.management.Logs;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code monolift operator}: the process in the container image. */
@Command(
    name = "operator",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the operator until it gets a SIGTERM. In a pod it uses the pod's service account, elsewhere"
          + " the current context of the kubeconfig.",
      "The custom resources of crds/ must be installed."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It was told to stop, and stopped.",
      "1:It could not start: no cluster, no rights, or the custom resources are not installed.",
      "2:Wrong options.",
      "4:It lost its Lease or a watch and has to be started again."
    },
    footer = {
      "",
      "Examples:",
      "  monolift operator",
      "  monolift operator --namespace shop --no-leader-election",
      "  monolift operator --log-format json --lease-namespace monolift-system"
    })
public final class OperatorCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65535;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-n", "--namespace"},
      split = ",",
      paramLabel = "NAME",
      description = "Namespace to watch; may be given several times. Default: all.")
  private Set<String> namespaces = Set.of();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--no-leader-election",
      negatable = true,
      description =
          "Do not agree with other replicas on one that works. Default: agree by a Lease.")
  private boolean leaderElection = true;

  @Option(
      names = "--lease",
      paramLabel = "NAME",
      defaultValue = LeaderElection.DEFAULT_LEASE,
      description = "Name of the Lease. Default: ${DEFAULT-VALUE}.")
  private String lease = LeaderElection.DEFAULT_LEASE;

  @Option(
      names = "--lease-namespace",
      paramLabel = "NAME",
      description = "Namespace of the Lease. Default: the pod's, or that of the context.")
  private @Nullable String leaseNamespace;

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description =
          "Port of /livez, /readyz and /metrics; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int managementPort = 8080;

  @Option(
      names = "--workers",
      paramLabel = "COUNT",
      defaultValue = "" + OperatorOptions.DEFAULT_WORKERS,
      description = "Greatest number of resources in work at a time. Default: ${DEFAULT-VALUE}.")
  private int workers = OperatorOptions.DEFAULT_WORKERS;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private LogFormat logFormat = LogFormat.text;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      defaultValue = "${env:MONOLIFT_IMAGE}",
      description =
          "Image of the pods that ask for the restart once a day: this operator's own. Default: the"
              + " environment variable MONOLIFT_IMAGE, or the image in the pod of --pod.")
  private @Nullable String image;

  @Option(
      names = "--pod",
      paramLabel = "NAME",
      defaultValue = "${env:" + OwnPod.VARIABLE + "}",
      description =
          "Pod that the operator runs in, to look its image up. Default: the environment variable "
              + OwnPod.VARIABLE
              + ".")
  private @Nullable String pod;

  @Mixin private ClusterDnsOptions dns = new ClusterDnsOptions();

  private final OperatorRunner runner;

  OperatorCommand(OperatorRunner runner) {
    this.runner = runner;
  }

  /** Form of the log. */
  enum LogFormat {
    text,
    json
  }

  @Override
  public Integer call() {
    Options.between(spec, "--workers", workers, 1, Integer.MAX_VALUE);
    Options.between(spec, "--management-port", managementPort, 0, HIGHEST_PORT);
    Logs.configure(logFormat == LogFormat.json ? Logs.Format.JSON : Logs.Format.TEXT);
    Config kubernetes = cluster.connection();
    try {
      return runner.run(
          new OperatorOptions(
              kubernetes,
              namespaces,
              leaderElection ? election(kubernetes) : null,
              managementPort,
              dns.toClusterDns(ClusterDnsOptions.RESOLV_CONF),
              workers,
              image != null || pod == null ? image : new OwnPod(kubernetes, pod).image()));
    } catch (KubernetesClientException e) {
      spec.commandLine().getErr().println("monolift: " + ClusterOptions.sentence(kubernetes, e));
      return ExitCode.PROBLEM;
    } catch (StartFailure e) {
      spec.commandLine().getErr().println("monolift: " + e.getMessage());
      return ExitCode.PROBLEM;
    }
  }

  private LeaderElection election(Config kubernetes) {
    String namespace = Objects.requireNonNullElse(kubernetes.getNamespace(), "default");
    return new LeaderElection(
        Objects.requireNonNullElse(leaseNamespace, namespace), lease, identity());
  }

  /** Readable, and different after a restart of the same pod. */
  private static String identity() {
    String suffix = "_" + UUID.randomUUID();
    try {
      return InetAddress.getLocalHost().getHostName() + suffix;
    } catch (UnknownHostException e) {
      return ProcessHandle.current().pid() + suffix;
    }
  }
}
