package dev.monolift.plan;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may start when only so many may be alive at a time.
 *
 * <p>Why no two processes can open one gate too many, even if both believe to lead. A gate is
 * opened only of a pod that is in the record, and after the API server has accepted the record on
 * condition that nobody else had changed it. A pod leaves the record only when it was not among the
 * pods listed after the record was read, or had ended: it was recorded earlier than that, so it is
 * gone for good, and nobody can open its gate any more. So at any moment every pod that came
 * through the gate and is alive is in the record, and no record ever held more than the bound. Pods
 * that somebody started past the gate are counted wherever a list shows them.
 */
public final class StartGate implements StartRule {
  private static final Comparator<GatePod> FIRST_COME =
      Comparator.comparing(GatePod::created).thenComparing(GatePod::name);

  /** The rule; it has no state. */
  public StartGate() {}

  @Override
  public Set<String> admitted(Set<String> recorded, List<GatePod> pods, int max) {
    Set<String> there =
        pods.stream().filter(pod -> !pod.ended()).map(GatePod::uid).collect(Collectors.toSet());
    var admitted = new HashSet<>(recorded);
    admitted.retainAll(there);
    int room = max - occupied(recorded, pods);
    pods.stream()
        .filter(pod -> pod.isWaiting() && !recorded.contains(pod.uid()))
        .sorted(FIRST_COME)
        .limit(Math.max(0, room))
        .forEach(pod -> admitted.add(pod.uid()));
    return Set.copyOf(admitted);
  }

  @Override
  public boolean mayOpen(Set<String> recorded, List<GatePod> pods, int max) {
    return occupied(recorded, pods) <= max;
  }

  /**
   * How many places are taken: by pods that are alive, and by those that are admitted and wait for
   * their gate to open.
   *
   * @param recorded uids of the admitted pods
   * @param pods all pods
   * @return a count
   */
  public static int occupied(Set<String> recorded, List<GatePod> pods) {
    return (int)
        pods.stream()
            .filter(pod -> !pod.ended() && (!pod.gated() || recorded.contains(pod.uid())))
            .count();
  }
}
