package dev.monolift.kube;

import dev.monolift.metrics.OperatorMeters;
import dev.monolift.plan.AdmittedPods;
import dev.monolift.plan.GatePod;
import dev.monolift.plan.GatedPods;
import dev.monolift.plan.Labels;
import dev.monolift.plan.PlannedEvent;
import dev.monolift.plan.StartGate;
import dev.monolift.plan.StartRule;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the start gate of pods, so that never more than allowed are alive; {@link StartGate} says
 * why that holds. The order of the requests is what it rests on:
 *
 * <ol>
 *   <li>read the record (a Lease), and only then
 *   <li>list the pods from the API server: what is recorded and not in this list is gone for good;
 *   <li>write the record with the pods that are admitted now, on condition that it is unchanged;
 *   <li>list the pods again: somebody may have started one past the gate meanwhile;
 *   <li>open each admitted pod by a patch that tests its uid and version.
 * </ol>
 *
 * <p>Whatever fails, nothing is opened. A process that dies anywhere leaves at most a pod that is
 * recorded and waits; the next pass opens it.
 *
 * <p>For tests that check this from outside: whom it asks for the pods and who decides are given by
 * {@link Sources}. A wrong keeper is made by the constructor that takes them, and put into a {@link
 * PlanExecutor} and that into a {@link Kernel}, which {@code OperatorMain.Kinds} can replace: a
 * {@link StartRule} that admits everybody and always opens; {@code children::cached} instead of the
 * live list; a rule that does not see pods that are being deleted.
 */
public final class GateKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(GateKeeper.class);
  private static final int ATTEMPTS = 3;

  private final ChildInformers children;
  private final ClusterWriter writer;
  private final OperatorMeters meters;
  private final InstantSource clock;
  private final Sources sources;

  /** Where the pods are listed. */
  @FunctionalInterface
  public interface PodList {

    /**
     * Lists pods.
     *
     * @param namespace their namespace
     * @param label key of a label
     * @param value its value
     * @return all pods with that label
     */
    List<Pod> read(String namespace, String label, String value);
  }

  /**
   * What an opening is decided by.
   *
   * @param pods lists the pods; it must ask the API server
   * @param rule decides
   */
  public record Sources(PodList pods, StartRule rule) {

    /**
     * The right ones.
     *
     * @param children what reads the API server
     * @return the live list and {@link StartGate}
     */
    public static Sources of(ChildInformers children) {
      return new Sources(
          (namespace, label, value) -> children.liveList(Pod.class, namespace, label, value),
          new StartGate());
    }
  }

  /**
   * The keeper of an operator.
   *
   * @param children reads the record and the pods
   * @param writer writes
   * @param meters where openings are counted
   * @param clock for the time that a pod waited
   */
  public GateKeeper(
      ChildInformers children, ClusterWriter writer, OperatorMeters meters, InstantSource clock) {
    this(children, writer, meters, clock, Sources.of(children));
  }

  /**
   * A keeper whose sources are given.
   *
   * @param children reads the record and takes note of what was opened
   * @param writer writes
   * @param meters where openings are counted
   * @param clock for the time that a pod waited
   * @param sources what an opening is decided by
   */
  public GateKeeper(
      ChildInformers children,
      ClusterWriter writer,
      OperatorMeters meters,
      InstantSource clock,
      Sources sources) {
    this.children = children;
    this.writer = writer;
    this.meters = meters;
    this.clock = clock;
    this.sources = sources;
  }

  /**
   * Opens the gates of the pods that may start.
   *
   * @param gate the pods
   * @param seen what the pass has seen; it decides only whether it is worth asking the API server,
   *     so that idle costs no reads
   * @return what became of it
   */
  GateOutcome admit(GatedPods gate, ClusterReader seen) {
    if (!isWorthAsking(gate, seen)) {
      return GateOutcome.DONE;
    }
    try {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        Optional<GateOutcome> outcome = attempt(gate);
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
      return GateOutcome.AGAIN;
    } catch (WriteFailure | KubernetesClientException | ForeignLease e) {
      return GateOutcome.failed(e);
    }
  }

  /** A place that gets free wakes the owner, so a full house need not be asked for again. */
  private static boolean isWorthAsking(GatedPods gate, ClusterReader seen) {
    List<GatePod> pods =
        states(seen.cached(Pod.class, gate.namespace(), gate.label(), gate.owner()));
    return pods.stream().anyMatch(GatePod::isWaiting)
        && pods.stream().filter(GatePod::isAlive).count() < gate.max();
  }

  /** One attempt; empty when somebody else has written the record meanwhile. */
  private Optional<GateOutcome> attempt(GatedPods gate) {
    var lease =
        children
            .live(Lease.class, gate.lease().getNamespace(), gate.lease().getName())
            .orElse(null);
    Set<String> recorded = recorded(lease);
    List<Pod> pods = list(gate);
    Set<String> admitted = sources.rule().admitted(recorded, states(pods), gate.max());
    if (!recorded.containsAll(admitted)) {
      if (!writer.record(lease, record(gate, lease, admitted))) {
        return Optional.empty();
      }
      pods = list(gate);
    }
    List<Pod> ready =
        pods.stream()
            .filter(pod -> admitted.contains(pod.getMetadata().getUid()))
            .filter(pod -> GatePod.of(pod).isWaiting())
            .toList();
    if (ready.isEmpty()) {
      return Optional.of(GateOutcome.DONE);
    }
    if (!sources.rule().mayOpen(admitted, states(pods), gate.max())) {
      return Optional.of(GateOutcome.refused(refusal(gate, ready, admitted, pods)));
    }
    boolean all = true;
    for (Pod pod : ready) {
      all &= open(gate, pod);
    }
    return Optional.of(all ? GateOutcome.DONE : GateOutcome.AGAIN);
  }

  private List<Pod> list(GatedPods gate) {
    return sources.pods().read(gate.namespace(), gate.label(), gate.owner());
  }

  private static List<GatePod> states(List<Pod> pods) {
    return pods.stream().map(GatePod::of).toList();
  }

  private static Set<String> recorded(@Nullable Lease lease) {
    if (lease == null) {
      return Set.of();
    }
    var metadata = lease.getMetadata();
    var labels = metadata.getLabels();
    if (labels == null || !Labels.MONOLIFT.equals(labels.get(Labels.MANAGED_BY))) {
      throw new ForeignLease(metadata.getNamespace() + "/" + metadata.getName());
    }
    return AdmittedPods.read(
        metadata.getAnnotations() == null
            ? null
            : metadata.getAnnotations().get(AdmittedPods.ANNOTATION));
  }

  private static Lease record(GatedPods gate, @Nullable Lease lease, Set<String> admitted) {
    var builder = lease == null ? new LeaseBuilder() : new LeaseBuilder(lease);
    var wanted = gate.lease();
    return builder
        .editOrNewMetadata()
        .withNamespace(wanted.getNamespace())
        .withName(wanted.getName())
        .addToLabels(wanted.getLabels())
        .withOwnerReferences(wanted.getOwnerReferences())
        .addToAnnotations(Map.of(AdmittedPods.ANNOTATION, AdmittedPods.write(admitted)))
        .endMetadata()
        .build();
  }

  private boolean open(GatedPods gate, Pod pod) {
    var opened = writer.openGate(pod, Labels.START_GATE);
    if (opened.isEmpty()) {
      return false;
    }
    children.wrote(Pods.trimmed(opened.get()));
    var metadata = pod.getMetadata();
    var created = Instant.parse(metadata.getCreationTimestamp());
    meters.opened(gate.namespace(), gate.owner(), Duration.between(created, clock.instant()));
    LOG.atInfo()
        .addKeyValue("child", "Pod " + metadata.getName())
        .log("Opened the start gate of pod {}.", metadata.getName());
    return true;
  }

  /** The same words and occurrence as long as the same pod is the first to wait. */
  private static PlannedEvent refusal(
      GatedPods gate, List<Pod> ready, Set<String> admitted, List<Pod> pods) {
    long alive = states(pods).stream().filter(GatePod::isAlive).count();
    int taken = StartGate.occupied(admitted, states(pods));
    return new PlannedEvent(
        PlannedEvent.Type.Warning,
        "StartRefused",
        "No pod is started: "
            + alive
            + " run and "
            + (taken - alive)
            + " more have been admitted, but only "
            + gate.max()
            + " may run. Somebody has started pods past the gate "
            + Labels.START_GATE
            + ", or the bound was lowered. The admitted pods start when others have ended.",
        "pod " + ready.getFirst().getMetadata().getUid());
  }
}
