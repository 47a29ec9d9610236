package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.DrainStatus.Ended;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A made-up history of a worker: pods come, run, crash and start again, are asked to go, end, are
 * deleted by force or evicted, and the objects go; the operator looks now and then, is restarted,
 * and loses writes.
 */
final class DrainHistory {
  private final Random random;
  private final Set<Trouble> troubles;
  private final Map<String, WorkerPod> world = new LinkedHashMap<>();
  private final Map<String, Pod> tombstones = new LinkedHashMap<>();
  private Instant now = WorkerPod.CREATED.plusSeconds(3600);
  private boolean up = true;
  private int names;
  private @Nullable DrainStatus status;

  /** How often each pod was counted by a status that was written. */
  final Map<String, Integer> counts = new HashMap<>();

  /** Pods that a written status had in {@code pods}. */
  final Set<String> known = new TreeSet<>();

  /** What was written of them. */
  final List<Ended> ended = new ArrayList<>();

  /** What broke a rule. */
  final List<String> broken = new ArrayList<>();

  int writes;

  /** What may go wrong. */
  enum Trouble {
    /** The operator is away for a while and forgets what it saw. */
    RESTARTS,
    /** A status write fails. */
    LOST_WRITES,
    /** A pod goes without its end being reported. */
    FORCE,
    /** The operator does not look after every step. */
    BLINKS,
    /** Pods have the finalizer. */
    HOLDS
  }

  DrainHistory(long seed, Set<Trouble> troubles) {
    this.random = new Random(seed);
    this.troubles = troubles;
  }

  /** Lets things happen, then lets every pod end and go, with the operator looking. */
  DrainHistory run(int steps) {
    for (int step = 0; step < steps; step++) {
      happen();
      operate();
    }
    up = true;
    now = now.plusSeconds(61);
    killOverdue();
    for (int round = 0; round < 6; round++) {
      for (String name : List.copyOf(world.keySet())) {
        advance(name, false);
      }
      pass(false);
      now = now.plusSeconds(troubles.contains(Trouble.FORCE) ? 61 : 1);
    }
    if (!world.isEmpty()) {
      broken.add("pods stay: " + world.keySet());
    }
    return this;
  }

  private void happen() {
    now = now.plusSeconds(random.nextInt(20));
    killOverdue();
    if (world.isEmpty() || (world.size() < 8 && random.nextInt(4) == 0)) {
      String name = "shop-" + names++;
      WorkerPod pod = WorkerPod.pending(name, "7d4b9c", now);
      world.put(name, troubles.contains(Trouble.HOLDS) ? pod.held() : pod);
    } else {
      var all = List.copyOf(world.keySet());
      advance(all.get(random.nextInt(all.size())), true);
    }
  }

  /** The kubelet keeps the grace, unless it is away. */
  private void killOverdue() {
    for (String name : List.copyOf(world.keySet())) {
      Departure departure = Departure.of(at(name).pod());
      PodEnd end = PodEnd.of(at(name).pod(), WorkerPod.CONTAINER);
      if (!troubles.contains(Trouble.FORCE)
          && departure.requested() != null
          && end.ended().isEmpty()
          && !now.isBefore(departure.requested().plusSeconds(departure.grace()))) {
        end(name, at(name));
      }
    }
  }

  private void operate() {
    if (troubles.contains(Trouble.RESTARTS) && random.nextInt(12) == 0) {
      up = !up;
      tombstones.clear();
    }
    if (!tombstones.isEmpty() && troubles.contains(Trouble.BLINKS) && random.nextInt(9) == 0) {
      tombstones.remove(tombstones.keySet().iterator().next());
    }
    if (up && !(troubles.contains(Trouble.BLINKS) && random.nextInt(3) != 0)) {
      pass(troubles.contains(Trouble.LOST_WRITES) && random.nextInt(3) == 0);
    }
  }

  /** One step in the life of a pod. */
  private void advance(String name, boolean mayStay) {
    WorkerPod pod = at(name);
    PodEnd end = PodEnd.of(pod.pod(), WorkerPod.CONTAINER);
    boolean asked = pod.pod().getMetadata().getDeletionTimestamp() != null;
    boolean over = end.ended().isPresent();
    if (asked && troubles.contains(Trouble.FORCE) && random.nextInt(6) == 0) {
      world.put(name, pod.deleted(requested(pod), 0));
      remove(name);
    } else if (asked && over) {
      // the kubelet confirms
      world.put(name, pod.phase("Failed", null).deleted(requested(pod), 0));
      remove(name);
    } else if (asked) {
      end(name, pod);
    } else if (mayStay && random.nextInt(3) == 0) {
      world.put(name, pod.run());
    } else if (mayStay && end.hasRun() && random.nextInt(5) == 0) {
      world.put(name, pod.backingOff("Error", 1, now));
    } else if (!end.hasRun() && random.nextInt(4) == 0) {
      world.put(name, pod.unscheduled().deleted(now, 0));
      remove(name);
    } else if (mayStay && random.nextInt(12) == 0) {
      world.put(name, pod.phase("Failed", "Evicted").ended("Error", 137, now, null));
    } else {
      world.put(name, pod.deleted(now, 30));
    }
  }

  private void end(String name, WorkerPod pod) {
    if (!PodEnd.of(pod.pod(), WorkerPod.CONTAINER).hasRun()) {
      world.put(name, pod.phase("Failed", null).deleted(requested(pod), 0));
      remove(name);
      return;
    }
    int exit = List.of(0, 0, 1, 137, 143).get(random.nextInt(5));
    world.put(name, pod.ended(exit == 0 ? "Completed" : "Error", exit, now, null));
  }

  private static Instant requested(WorkerPod pod) {
    Instant requested = Departure.of(pod.pod()).requested();
    if (requested == null) {
      throw new IllegalStateException("nobody asked it to go");
    }
    return requested;
  }

  private WorkerPod at(String name) {
    WorkerPod pod = world.get(name);
    if (pod == null) {
      throw new IllegalStateException("no pod " + name);
    }
    return pod;
  }

  /** The object goes, unless it is held. */
  private void remove(String name) {
    if (!at(name).pod().getMetadata().getFinalizers().contains(Labels.DRAIN_VERDICT)) {
      Pod last = at(name).pod();
      world.remove(name);
      if (up) {
        tombstones.put(name, last);
      }
    }
  }

  /** The same object means that there is nothing to write. */
  @SuppressWarnings("ReferenceEquality")
  private void pass(boolean lost) {
    DrainStep step = DrainLedger.next(status, view(), now);
    release(step);
    if (step.status() == status) {
      if (!step.ended().isEmpty()) {
        broken.add("verdicts without a write: " + step.ended());
      }
      return;
    }
    if (lost) {
      return;
    }
    HistoryRules.check(status, step, broken);
    status = step.status();
    writes++;
    step.ended().forEach(end -> counts.merge(end.pod(), 1, Integer::sum));
    ended.addAll(step.ended());
    if (status != null && status.pods() != null) {
      known.addAll(status.pods());
    }
    if (DrainLedger.next(status, view(), now).status() != status) {
      broken.add("a second write of the same facts");
    }
  }

  private void release(DrainStep step) {
    for (String name : step.release()) {
      if (!counts.containsKey(name)) {
        broken.add("released before it was counted: " + name);
      }
      WorkerPod pod = at(name);
      world.put(
          name,
          new WorkerPod(
              pod.pod().edit().editMetadata().withFinalizers(List.of()).endMetadata().build()));
      boolean confirmed =
          Long.valueOf(0).equals(pod.pod().getMetadata().getDeletionGracePeriodSeconds());
      if (confirmed) {
        remove(name);
      }
    }
  }

  private DrainView view() {
    return new DrainView(
        WorkerPod.CONTAINER,
        world.values().stream().map(WorkerPod::pod).toList(),
        List.copyOf(tombstones.values()),
        null,
        List.of());
  }
}
