package dev.monolift.bench;

import dev.monolift.OperatorMain;
import dev.monolift.OperatorOptions;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bare-write floor: workers are created as in the other measurement, and a plain loop applies
 * for each the children that the operator would make. Nobody watches, compares or reports.
 */
final class FloorMeasurement {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Labels.MONOLIFT)
          .withForce(true)
          .build();

  private static final int WARM_UP = 20;

  private FloorMeasurement() {}

  /** Measures it; the scene must be fresh. */
  static Figures.Floor measure(Scene scene, int workers) throws InterruptedException {
    var config = Config.fromKubeconfig(scene.kubeconfig().toFile());
    long position;
    int children;
    double cpu;
    try (var client = OperatorMain.client(config).build()) {
      // a first request of each sort costs this JVM more than all others; the floor is without it
      write(scene, client, scene.anotherNamespace(), WARM_UP);
      position = scene.trail().position();
      var before = ProcessUse.of(ProcessHandle.current().pid());
      children = write(scene, client, scene.namespace(), workers);
      cpu = ProcessUse.of(ProcessHandle.current().pid()).cpuSince(before);
    }
    scene.awaitQuiet(() -> false);
    List<Call> applied =
        Call.writes(scene.operatorCalls(position)).stream()
            .filter(call -> call.namespace().equals(scene.namespace()))
            .toList();
    List<Call> all = scene.trail().in(position, scene.namespace());
    Instant start = Call.first(all).orElseThrow();
    return new Figures.Floor(
        children,
        Call.secondsTo(applied, start),
        Call.secondsTo(Call.steps(all), start),
        cpu * 1000 / (children + workers));
  }

  /** Creates workers and applies the children of each; returns the number of children. */
  private static int write(Scene scene, KubernetesClient client, String namespace, int workers)
      throws InterruptedException {
    var children = new AtomicInteger();
    Scene.forEach(
        workers,
        OperatorOptions.DEFAULT_WORKERS,
        i -> {
          MonolithWorker created =
              scene.client().resource(CompleteWorker.of(i, namespace)).create();
          for (HasMetadata child : CompleteWorker.children(created)) {
            client.resource(child).patch(APPLY);
            children.incrementAndGet();
          }
        });
    return children.get();
  }
}
