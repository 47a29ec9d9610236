package dev.monolift.bench;

import dev.monolift.OperatorMain;
import dev.monolift.OperatorOptions;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
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

  private FloorMeasurement() {}

  /** Measures it; the scene must be fresh. */
  static Figures.Floor measure(Scene scene, int workers) throws InterruptedException {
    long position = scene.trail().position();
    var children = new AtomicInteger();
    var before = ProcessUse.of(ProcessHandle.current().pid());
    try (var client =
        OperatorMain.client(Config.fromKubeconfig(scene.kubeconfig().toFile())).build()) {
      Scene.forEach(
          workers,
          OperatorOptions.DEFAULT_WORKERS,
          i -> {
            MonolithWorker created =
                scene.client().resource(CompleteWorker.of(i, scene.namespace())).create();
            for (HasMetadata child : CompleteWorker.children(created)) {
              client.resource(child).patch(APPLY);
              children.incrementAndGet();
            }
          });
    }
    double cpu = ProcessUse.of(ProcessHandle.current().pid()).cpuSince(before);
    scene.awaitQuiet(() -> false);
    List<Call> applied = Call.writes(scene.operatorCalls(position));
    List<Call> all = scene.trail().in(position, scene.namespace());
    Instant start = Call.first(all).orElseThrow();
    return new Figures.Floor(
        children.get(),
        Call.secondsTo(applied, start),
        Call.secondsTo(Call.steps(all), start),
        cpu * 1000 / (children.get() + workers));
  }
}
