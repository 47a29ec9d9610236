package dev.monolift.cli;

import dev.monolift.kube.LiveRestartAccess;
import dev.monolift.restart.RestartSettings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code monolift restart run}: the container of a worker's CronJob. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Restarts the Deployment of one worker when it is its turn, and waits for the new pods. It is"
          + " what the CronJobs of the operator run.",
      "A Job restarts at most once, however often its pod is started again: the pods know each other"
          + " by the Job's uid, in the environment variable MONOLIFT_JOB_UID. Without it, every run"
          + " is a Job of its own."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Restarted, and all pods are available; or there was nothing to do.",
      "1:It failed, or its group is stopped. Running it again for the same Job changes nothing.",
      "2:Wrong options.",
      "3:An unexpected failure, for example an API server that did not answer. Another pod of the Job"
          + " may go on."
    },
    footer = {
      "",
      "Examples:",
      "  kubectl create job --from=cronjob/mail-restart mail-now      as the CronJob does it",
      "  monolift restart run -n shop --worker mail --deployment mail --group queue --min-age 0"
    })
public final class RestartRunCommand implements Callable<Integer> {
  private static final int LONGEST = 604_800;
  private static final int MOST_CONCURRENT = 100;

  /** It looks again by itself. */
  private static final int REQUEST_RETRIES = 2;

  private static final Path TERMINATION_LOG = Path.of("/dev/termination-log");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-n", "--namespace"},
      required = true,
      paramLabel = "NAME",
      description = "Namespace of the worker.")
  private String namespace = "";

  @Option(
      names = "--worker",
      required = true,
      paramLabel = "NAME",
      description = "Name of the worker.")
  private String worker = "";

  @Option(
      names = "--deployment",
      required = true,
      paramLabel = "NAME",
      description = "Name of its Deployment.")
  private String deployment = "";

  @Option(
      names = "--group",
      required = true,
      paramLabel = "NAME",
      description = "Name of its group; the operator has made a Lease for it.")
  private String group = "";

  @Option(
      names = "--max-concurrent",
      defaultValue = "1",
      paramLabel = "COUNT",
      description = "How many of the group may be restarted at a time. Default: ${DEFAULT-VALUE}.")
  private int maxConcurrent = 1;

  @Option(
      names = "--min-age",
      defaultValue = "43200",
      paramLabel = "SECONDS",
      description =
          "A Deployment that was rolled out less than this long ago is not restarted. Default:"
              + " ${DEFAULT-VALUE}.")
  private int minAge = 43200;

  @Option(
      names = "--timeout",
      defaultValue = "3600",
      paramLabel = "SECONDS",
      description =
          "How long it may take, waiting for the turn included. Default: ${DEFAULT-VALUE}.")
  private int timeout = 3600;

  private final InstantSource time;

  RestartRunCommand(InstantSource time) {
    this.time = time;
  }

  @Override
  public Integer call() {
    Options.between(spec, "--max-concurrent", maxConcurrent, 1, MOST_CONCURRENT);
    Options.between(spec, "--min-age", minAge, 0, LONGEST);
    Options.between(spec, "--timeout", timeout, 1, 86_400);
    Instant start = time.instant();
    Config config =
        new ConfigBuilder(Config.autoConfigure(null))
            .withRequestRetryBackoffLimit(REQUEST_RETRIES)
            .build();
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      RestartRun.End end = run(client, start);
      say(end.outcome() + ": " + end.sentence());
      return end.outcome().isFine() ? ExitCode.OK : ExitCode.PROBLEM;
    } catch (KubernetesClientException e) {
      say("It could not be done: " + ClusterOptions.sentence(config, e));
      return ExitCode.FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      say("It was interrupted. Another pod of the Job goes on.");
      return ExitCode.FAILURE;
    }
  }

  private RestartRun.End run(KubernetesClient client, Instant start) throws InterruptedException {
    var rules =
        new RestartSettings.Rules(
            maxConcurrent, Duration.ofSeconds(minAge), Duration.ofSeconds(timeout));
    var settings =
        new RestartSettings(
            namespace,
            worker,
            deployment,
            group,
            job(System.getenv("MONOLIFT_JOB_UID")),
            rules,
            start);
    PrintWriter out = spec.commandLine().getOut();
    return new RestartRun(
            settings,
            new LiveRestartAccess(client, namespace, deployment, group),
            time,
            RestartRunCommand::sleepAbout,
            line -> {
              out.println(line);
              out.flush();
            })
        .run();
  }

  private static String job(@Nullable String uid) {
    return uid == null || uid.isBlank() ? "by-hand-" + UUID.randomUUID() : uid;
  }

  /** To standard output, and to where the kubelet looks for the pod's last words. */
  private void say(String sentence) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(sentence);
    out.flush();
    if (Files.isWritable(TERMINATION_LOG)) {
      try {
        Files.writeString(TERMINATION_LOG, sentence, StandardOpenOption.WRITE);
      } catch (IOException e) {
        spec.commandLine().getErr().println("monolift: " + TERMINATION_LOG + ": " + e.getMessage());
      }
    }
  }

  /** From half of it to half as much again. */
  private static void sleepAbout(Duration time) throws InterruptedException {
    long millis = time.toMillis();
    Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1));
  }
}
