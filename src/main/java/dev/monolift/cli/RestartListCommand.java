package dev.monolift.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.monolift.kube.GroupLeases;
import dev.monolift.plan.Labels;
import dev.monolift.restart.RecordJson;
import dev.monolift.restart.RestartNames;
import dev.monolift.restart.Timetable;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code monolift restart ls}: what the night brings, and what the last one brought. */
@Command(
    name = "ls",
    aliases = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists when the workers are restarted next, in the order of time, how their last restart ended,"
          + " and the groups that are stopped.",
      "It reads CronJobs and Leases, with your own rights."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:No group is stopped.",
      "1:A group is stopped, or the cluster cannot be reached or refuses.",
      "2:Wrong options."
    },
    footer = {"", "Examples:", "  monolift restart ls -n shop", "  monolift restart ls -A -o json"})
public final class RestartListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Namespace to look at. Default: that of the context.")
  private @Nullable String namespace;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Look at all namespaces.")
  private boolean all;

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  private final InstantSource time;

  /** How the result is written. */
  enum Format {
    text,
    json
  }

  RestartListCommand(InstantSource time) {
    this.time = time;
  }

  @Override
  public Integer call() {
    Config config = cluster.connection();
    String where =
        all
            ? null
            : Objects.requireNonNullElseGet(
                namespace, () -> Objects.requireNonNullElse(config.getNamespace(), "default"));
    Instant now = time.instant();
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      Timetable timetable =
          Timetable.of(cronJobs(client, where), groups(new GroupLeases(client).list(where)), now);
      print(timetable, now);
      return timetable.stopped().isEmpty() ? ExitCode.OK : ExitCode.PROBLEM;
    } catch (KubernetesClientException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("monolift: " + ClusterOptions.sentence(config, e));
      return ExitCode.PROBLEM;
    }
  }

  private static List<CronJob> cronJobs(KubernetesClient client, @Nullable String where) {
    var cronJobs = client.batch().v1().cronjobs();
    return (where == null ? cronJobs.inAnyNamespace() : cronJobs.inNamespace(where))
        .withLabel(Labels.MANAGED_BY, Labels.MONOLIFT)
        .list()
        .getItems();
  }

  private static List<Timetable.Group> groups(List<Lease> leases) {
    var groups = new ArrayList<Timetable.Group>();
    for (Lease lease : leases) {
      String place = lease.getMetadata().getNamespace();
      String group = lease.getMetadata().getLabels().getOrDefault(Labels.RESTART_GROUP, "");
      // a label that somebody put on another Lease makes no group
      if (!lease.getMetadata().getName().equals(RestartNames.lease(group))) {
        continue;
      }
      try {
        groups.add(new Timetable.Group(place, group, GroupLeases.record(lease), ""));
      } catch (RecordJson.Corrupt e) {
        groups.add(new Timetable.Group(place, group, null, String.valueOf(e.getMessage())));
      }
    }
    return groups;
  }

  private void print(Timetable timetable, Instant now) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      out.print(
          format == Format.json ? TimetableText.json(timetable) : TimetableText.of(timetable, now));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and numbers can be written", e);
    }
    out.flush();
  }
}
