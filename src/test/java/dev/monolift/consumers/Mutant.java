package dev.monolift.consumers;

import dev.monolift.OperatorMain;
import dev.monolift.kube.ChildInformers;
import dev.monolift.kube.GateKeeper;
import dev.monolift.kube.GateKeeper.PodList;
import dev.monolift.kube.GateKeeper.Sources;
import dev.monolift.kube.Kernel;
import dev.monolift.kube.PlanExecutor;
import dev.monolift.plan.GatePod;
import dev.monolift.plan.StartGate;
import dev.monolift.plan.StartRule;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operator with a start gate that is wrong in one place, and the right one beside them. */
enum Mutant {
  /** No mutant at all: what is found with it is the test's own doing. */
  NONE,
  /** Lets everybody in. */
  ALWAYS_OPEN,
  /** Asks the cache who is there. */
  CACHED,
  /** Takes a pod that is terminating for one that is gone. */
  TERMINATING_NOT_COUNTED;

  private PodList pods(ChildInformers children) {
    return this == CACHED
        ? (namespace, label, value) -> children.cached(Pod.class, namespace, label, value)
        : (namespace, label, value) -> children.liveList(Pod.class, namespace, label, value);
  }

  private StartRule rule() {
    return switch (this) {
      case NONE, CACHED -> new StartGate();
      case ALWAYS_OPEN -> new AlwaysOpen();
      case TERMINATING_NOT_COUNTED -> new TerminatingNotCounted();
    };
  }

  /** The name as people say it. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * An operator that has it.
   *
   * @param wire its way to the API server
   * @param around what comes between the gate and its list of pods
   */
  OperatorMain operator(Wire wire, Function<PodList, PodList> around) {
    return new OperatorMain(
        config ->
            OperatorMain.client(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("wire", wire)),
        (children, dns, kernel) ->
            OperatorMain.kinds(null).reconcilers(children, dns, mutated(kernel, children, around)));
  }

  private Kernel mutated(
      Kernel kernel, ChildInformers children, Function<PodList, PodList> around) {
    var gate =
        new GateKeeper(
            children,
            kernel.writer(),
            kernel.meters(),
            InstantSource.system(),
            new Sources(around.apply(pods(children)), rule()));
    return new Kernel(
        kernel.serialization(),
        new PlanExecutor(children, kernel.writer(), gate),
        kernel.events(),
        kernel.writer(),
        kernel.meters(),
        kernel.clock());
  }

  private record AlwaysOpen() implements StartRule {
    @Override
    public Set<String> admitted(Set<String> recorded, List<GatePod> pods, int max) {
      return pods.stream()
          .filter(pod -> !pod.ended())
          .map(GatePod::uid)
          .collect(Collectors.toSet());
    }

    @Override
    public boolean mayOpen(Set<String> recorded, List<GatePod> pods, int max) {
      return true;
    }
  }

  private record TerminatingNotCounted() implements StartRule {
    private static final StartGate RIGHT = new StartGate();

    @Override
    public Set<String> admitted(Set<String> recorded, List<GatePod> pods, int max) {
      return RIGHT.admitted(recorded, without(pods), max);
    }

    @Override
    public boolean mayOpen(Set<String> recorded, List<GatePod> pods, int max) {
      return RIGHT.mayOpen(recorded, without(pods), max);
    }

    private static List<GatePod> without(List<GatePod> pods) {
      return pods.stream().filter(pod -> !pod.deleting()).toList();
    }
  }
}
