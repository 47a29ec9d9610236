package dev.monolift.cli;

import dev.monolift.kube.GroupLeases;
import dev.monolift.restart.Failure;
import dev.monolift.restart.GroupRecord;
import dev.monolift.restart.RecordJson;
import dev.monolift.restart.RestartNames;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code monolift restart clear}: what a person does once a failed worker is put right. */
@Command(
    name = "clear",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a group go on that was stopped because the restart of one of its workers failed. It"
          + " removes the failure from the group's Lease, with your own rights; nothing is restarted"
          + " before the next night.",
      "A record that cannot be read is removed as a whole, after it was printed."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The group may go on; or it was not stopped.",
      "1:There is no such group, or the cluster cannot be reached or refuses.",
      "2:Wrong options."
    },
    footer = {"", "Examples:", "  monolift restart clear queue -n shop"})
public final class RestartClearCommand implements Callable<Integer> {
  private static final int CONFLICT = 409;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "GROUP", description = "Name of the group.")
  private String group = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Namespace of the group. Default: that of the context.")
  private @Nullable String namespace;

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  private final InstantSource time;

  RestartClearCommand(InstantSource time) {
    this.time = time;
  }

  @Override
  public Integer call() {
    Config config = cluster.connection();
    String where =
        Objects.requireNonNullElseGet(
            namespace, () -> Objects.requireNonNullElse(config.getNamespace(), "default"));
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      return clear(new GroupLeases(client), where);
    } catch (KubernetesClientException e) {
      err().println("monolift: " + ClusterOptions.sentence(config, e));
      return ExitCode.PROBLEM;
    } finally {
      out().flush();
    }
  }

  private int clear(GroupLeases leases, String where) {
    while (true) {
      Optional<Lease> lease = leases.get(where, group);
      if (lease.isEmpty()) {
        err()
            .println(
                "monolift: there is no group %s in namespace %s: no Lease %s. `monolift restart ls"
                        .formatted(group, where, RestartNames.lease(group))
                    + " -A` lists the groups.");
        return ExitCode.PROBLEM;
      }
      try {
        clear(leases, lease.get(), where);
        return ExitCode.OK;
      } catch (KubernetesClientException e) {
        // somebody has written it in between; what counts is what they wrote
        if (e.getCode() != CONFLICT) {
          throw e;
        }
      }
    }
  }

  private void clear(GroupLeases leases, Lease lease, String where) {
    String name = where + "/" + group;
    Instant now = time.instant();
    try {
      GroupRecord record = GroupLeases.record(lease).judged(now);
      Failure failure = record.failure();
      if (failure == null) {
        out().println("Group " + name + " was not stopped.");
        return;
      }
      leases.write(lease, record.cleared());
      out()
          .println(
              "Group %s goes on with the next restart. Removed: worker %s, %s: %s"
                  .formatted(name, failure.worker(), failure.at(), failure.sentence()));
    } catch (RecordJson.Corrupt e) {
      leases.write(lease, GroupRecord.EMPTY);
      out()
          .println(
              "Group %s goes on with the next restart. Its record could not be read (%s) and was removed: %s"
                  .formatted(name, e.getMessage(), GroupLeases.text(lease)));
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
