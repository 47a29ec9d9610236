package dev.monolift.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.monolift.cli.ExitCode;
import dev.monolift.demo.Text.Style;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./monolift demo}: a cluster, the operator and the examples, to look at and play with. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a cluster of its own, the operator in it, applies examples/, and shows what becomes of"
          + " them. Ctrl-C removes it all.",
      "",
      "The cluster is the first that this machine can have: the kubeconfig context that"
          + " MONOLIFT_TEST_CONTEXT names, K3s in Docker, or a control plane built with Go, whose nodes"
          + " are simulated. Building it takes some minutes, once.",
      "With --node real the pods really run: on a node that is made here, as root on Debian, or on K3s in"
          + " Docker. The examples' image is then one that does nothing but write and sleep."
    },
    footer = {
      "",
      "Examples:",
      "  ./monolift demo                             watch it, and play with it from another terminal",
      "  ./monolift demo --exit-when-ready           for scripts: exit code 0 when all are Ready",
      "  ./monolift demo --exit-when-ready --timeout 60",
      "  ./monolift demo --node real                 pods with logs, that drain when they are deleted",
    })
final class DemoCommand implements Callable<Integer> {
  private static final Duration LIVE = Duration.ofMillis(300);

  /** A reader of lines does not want every intermediate state. */
  private static final Duration PIPED = Duration.ofSeconds(2);

  @Option(
      names = "--exit-when-ready",
      description =
          "End when all workers are Ready, with exit code 0; else with 1 after --timeout.")
  private boolean exitWhenReady;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description =
          "With --exit-when-ready: seconds that the workers have from their start. Default:"
              + " ${DEFAULT-VALUE}.")
  private long timeoutSeconds;

  @Option(
      names = "--node",
      paramLabel = "KIND",
      defaultValue = "any",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private DemoRun.Node node = DemoRun.Node.any;

  private final Path checkout = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private final Terminal terminal = Terminal.standard(System.getenv());

  @Override
  public Integer call() throws IOException {
    quietLibraries();
    var run = DemoRun.create(checkout);
    var ending = new Ending("demo", run::close, terminal::say);
    try (ending) {
      return demo(run, ending);
    } catch (InterruptedException e) {
      return ExitCode.PROBLEM;
    } catch (IOException | IllegalStateException | KubernetesClientException e) {
      // Ctrl-C reaches the programs that we wait for as well; that they fail is no news then.
      return ending.isAsked() ? ExitCode.PROBLEM : fail(run, String.valueOf(e.getMessage()));
    }
  }

  private int demo(DemoRun run, Ending ending) throws IOException, InterruptedException {
    step(1, "Starting a cluster");
    TestCluster cluster = run.startCluster(node);
    ending.throwIfAsked();
    step(2, "Installing the custom resources of crds/");
    cluster.installCrds();
    step(
        3,
        "Starting the operator, for nodes with the search domains " + OperatorProcess.NODE_SEARCH);
    terminal.say("    log: " + run.log());
    OperatorProcess operator = run.startOperator(cluster);
    step(4, "Applying examples/");
    run.applyExamples(cluster);
    List<Text> invitation = invitation(run, cluster);
    if (!terminal.redraws()) {
      invitation.forEach(terminal::say);
    }
    terminal.say("");
    return watch(run, cluster, operator, ending, invitation);
  }

  private int watch(
      DemoRun run,
      TestCluster cluster,
      OperatorProcess operator,
      Ending ending,
      List<Text> invitation)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
    while (true) {
      Snapshot snapshot = Snapshot.read(cluster.client());
      ending.throwIfAsked();
      terminal.show(WorkerTree.of(snapshot), invitation);
      boolean ready = !snapshot.workers().isEmpty() && snapshot.notReady().isEmpty();
      if (exitWhenReady && ready) {
        terminal.say(
            Text.of(Style.GOOD, "All " + snapshot.workers().size() + " workers are Ready."));
        return ExitCode.OK;
      }
      if (!operator.isAlive()) {
        return fail(run, operator.obituary());
      }
      if (exitWhenReady && System.nanoTime() > deadline) {
        return fail(run, Missing.after(timeoutSeconds, snapshot));
      }
      Thread.sleep(terminal.redraws() ? LIVE : PIPED);
    }
  }

  private int fail(DemoRun run, String reason) {
    run.keepLog();
    terminal.say(Text.of(Style.BAD, "monolift demo: " + reason));
    terminal.say("The operator's log stays: " + run.log());
    return ExitCode.PROBLEM;
  }

  private void step(int number, String what) {
    terminal.say(Text.of(Style.BOLD, number + "/4 ").then(what));
  }

  private List<Text> invitation(DemoRun run, TestCluster cluster) throws IOException {
    Text export = Text.of("  export KUBECONFIG=" + run.link("kubeconfig", cluster.kubeconfig()));
    if (exitWhenReady) {
      return List.of(export);
    }
    var lines = new ArrayList<Text>();
    lines.add(Text.of(""));
    lines.add(Text.of("To play with it, in another terminal:"));
    lines.add(export);
    if (!isOnPath("kubectl")) {
      lines.add(Text.of("  alias kubectl=" + run.link("kubectl", cluster.kubectl())));
    }
    lines.add(Text.of("  kubectl scale -n shop monolithworker/mail --replicas=5"));
    lines.add(Text.of(Style.DIM, "Ctrl-C here removes it all."));
    return lines;
  }

  /** The client warns of our v1alpha1, in the middle of the tree. */
  private static void quietLibraries() {
    if (LoggerFactory.getLogger("io.fabric8.kubernetes.client") instanceof Logger logger) {
      logger.setLevel(Level.ERROR);
    }
  }

  private static boolean isOnPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Path.of(folder, program).toFile().canExecute()) {
        return true;
      }
    }
    return false;
  }
}
