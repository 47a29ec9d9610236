package dev.monolift.cli;

import dev.monolift.kube.HeldPods;
import dev.monolift.plan.ObjectRef;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code monolift release-pods}: what an uninstallation needs so that no pod stays for ever. */
@Command(
    name = "release-pods",
    mixinStandardHelpOptions = true,
    description = {
      "Lets pods go that are held until the operator has written their verdict (drain.holdPods), by"
          + " removing the finalizer monolift.dev/drain-verdict. Run it after the operator was"
          + " uninstalled: nobody else removes it then, and a deleted pod would stay for ever.",
      "Running pods keep running. Verdicts that are not written yet are lost."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:No pod is held any more.",
      "1:A pod could not be released, or a Deployment still holds its new pods, or the cluster"
          + " cannot be reached.",
      "2:Wrong options."
    },
    footer = {
      "",
      "Examples:",
      "  monolift release-pods --dry-run",
      "  monolift release-pods --namespace shop,mail"
    })
public final class ReleasePodsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-n", "--namespace"},
      split = ",",
      paramLabel = "NAME",
      description = "Namespace to look at; may be given several times. Default: all.")
  private Set<String> namespaces = Set.of();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(names = "--dry-run", description = "Only say which pods would be released.")
  private boolean dryRun;

  /** For picocli. */
  public ReleasePodsCommand() {}

  @Override
  public Integer call() {
    Config config = cluster.connection();
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      var held = new HeldPods(client, namespaces);
      List<ObjectRef> pods = held.find();
      int failed = dryRun ? announce(pods) : release(held, pods);
      List<ObjectRef> sources = held.sources();
      sources.forEach(this::warn);
      return failed == 0 && sources.isEmpty() ? ExitCode.OK : ExitCode.PROBLEM;
    } catch (KubernetesClientException e) {
      err().println("monolift: " + ClusterOptions.sentence(config, e));
      return ExitCode.PROBLEM;
    } finally {
      out().flush();
    }
  }

  private int announce(List<ObjectRef> pods) {
    pods.forEach(pod -> out().println(name(pod) + " would be released"));
    out().println(pods.isEmpty() ? "No pod is held." : count(pods.size()) + " held.");
    return 0;
  }

  /** Releases what can be, and returns how many could not. */
  private int release(HeldPods held, List<ObjectRef> pods) {
    int released = 0;
    int failed = 0;
    for (ObjectRef pod : pods) {
      try {
        boolean changed = held.release(pod);
        out().println(name(pod) + (changed ? " released" : " was not held any more"));
        released += changed ? 1 : 0;
      } catch (RuntimeException e) {
        err().println(name(pod) + " not released: " + e.getMessage());
        failed++;
      }
    }
    out().println(pods.isEmpty() ? "No pod is held." : count(released) + " released.");
    return failed;
  }

  private void warn(ObjectRef deployment) {
    err()
        .println(
            "Deployment "
                + deployment.namespace()
                + "/"
                + deployment.name()
                + " holds its new pods: they will stay when they end. Delete it, or remove"
                + " monolift.dev/drain-verdict from spec.template.metadata.finalizers (that"
                + " restarts its pods), and run this again.");
  }

  private static String name(ObjectRef pod) {
    return "pod " + pod.namespace() + "/" + pod.name();
  }

  private static String count(int pods) {
    return pods == 1 ? "1 pod" : pods + " pods";
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
