package dev.monolift.cli;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.plan.Plan;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code monolift render}: what the operator would apply, without any cluster. */
@Command(
    name = "render",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what the operator would apply for the MonolithWorkers in files, without any cluster:"
          + " the children, and last each worker with the status that it would get.",
      "",
      "Files are read as strictly as the API server reads them: unknown fields, wrong types and"
          + " values are errors. Rules that only the API server can check (CEL) are not checked.",
      "ConfigMaps in the files stand for those in the cluster, and so do Deployments, as `kubectl get"
          + " -o yaml` prints them. Objects of other kinds are ignored.",
      "Children have no owner reference and no owner annotation here, because the cluster assigns the"
          + " uid that they carry; a worker with a uid gets them."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything is rendered, and every worker would become Ready.",
      "1:A file has an error (nothing is rendered), or a worker would not become Ready.",
      "2:Wrong options, or a file that cannot be read."
    },
    footer = {
      "",
      "Examples:",
      "  monolift render -f worker.yaml",
      "  monolift render -f workers/ -f config.yaml --namespace shop",
      "  kubectl kustomize examples/shop | monolift render -f -",
      "  kubectl get deployment mail -o yaml > live.yaml",
      "  monolift render -f mail.yaml -f live.yaml       what adoption would change"
    })
public final class RenderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private FileOptions files = new FileOptions();

  @Option(
      names = "--image",
      defaultValue = "monolift",
      paramLabel = "IMAGE",
      description = "The operator's image, as its own --image says it. Default: ${DEFAULT-VALUE}.")
  private String image = "monolift";

  @Mixin private ClusterDnsOptions dns = new ClusterDnsOptions();

  private final InstantSource clock;

  RenderCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    var input = files.read(RenderInput.CLUSTER);
    input.ignored().forEach(type -> err.println("ignored: objects of " + type));
    input.problems().forEach(err::println);
    if (!input.problems().isEmpty()) {
      return ExitCode.PROBLEM;
    }
    if (input.workers().isEmpty()) {
      err.println("there is no MonolithWorker in " + files.names());
      return ExitCode.PROBLEM;
    }
    return render(input, dns.toClusterDns(ClusterDnsOptions.RESOLV_CONF), err);
  }

  private int render(RenderInput input, ClusterDns cluster, PrintWriter err) {
    var rendering = new Rendering();
    int code = ExitCode.OK;
    for (MonolithWorker worker : input.workers()) {
      var forecast = new Forecast(input.observed(), cluster, image, clock.instant());
      Plan<MonolithWorkerStatus> plan = forecast.plan(worker);
      MonolithWorkerStatus status = forecast.settled(worker, plan);
      rendering.add(worker, plan, status);
      if (!Rendering.isReady(status)) {
        code = ExitCode.PROBLEM;
        err.println(Rendering.whyNotReady(worker, status));
      }
    }
    spec.commandLine().getOut().print(rendering);
    spec.commandLine().getOut().flush();
    return code;
  }
}
