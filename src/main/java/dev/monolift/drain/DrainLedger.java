package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.DrainStatus.Cause;
import dev.monolift.api.v1alpha1.DrainStatus.Ended;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books on the pods of one worker, in its status and nowhere else, so that the operator
 * may be restarted at any time: a pod that has run is in {@code pods} until its verdict is known,
 * and the same write takes it out, adds it to the totals and to the last ten, and puts it into
 * {@code counted}, where it stays for as long as its object or its last state is seen, so that it
 * is not counted again. A write that is lost is made again from the same facts.
 *
 * <p>A pod that is gone counts by its last state; without one, as Unknown when it was in {@code
 * pods}, and not at all when it was not: nobody knows then whether it ever ran under this operator.
 *
 * <p>Bounds: {@code pods} and {@code counted} have at most a thousand names. What does not fit into
 * {@code pods} is not remembered: it counts when its end is seen, and not when it is missed. While
 * {@code counted} is full, a pod that can still be seen waits for its verdict.
 */
public final class DrainLedger {
  static final int MOST_NAMES = 1000;
  static final int LAST = 10;

  private final @Nullable DrainStatus previous;
  private final DrainView view;
  private final Instant now;
  private final DrainCauses causes;
  private final Map<String, Pod> live = new TreeMap<>();
  private final Map<String, Pod> gone = new TreeMap<>();
  private final TreeSet<String> pods = new TreeSet<>();
  private final TreeSet<String> counted = new TreeSet<>();
  private final Set<String> done;
  private final List<Ended> ended = new ArrayList<>();
  private final Map<String, Instant> holdEnds = new HashMap<>();
  private long restarts;

  private DrainLedger(@Nullable DrainStatus previous, DrainView view, Instant now) {
    this.previous = previous;
    this.view = view;
    this.now = now;
    this.causes = new DrainCauses(view.deployment(), view.replicaSets(), view.pods());
    view.pods().forEach(pod -> live.put(pod.getMetadata().getName(), pod));
    view.gone().forEach(pod -> gone.put(pod.getMetadata().getName(), pod));
    gone.keySet().removeAll(live.keySet());
    this.done = new HashSet<>(list(previous == null ? null : previous.counted()));
    pods.addAll(list(previous == null ? null : previous.pods()));
    // a last state may come to light after its name has left counted
    list(previous == null ? null : previous.last()).forEach(end -> done.add(end.pod()));
    pods.removeAll(done);
    done.stream().filter(this::isSeen).forEach(counted::add);
  }

  /**
   * One pass.
   *
   * @param previous the drains in the current status; null at first
   * @param view what is seen
   * @param now the time
   * @return what to write, to say and to let go
   */
  public static DrainStep next(@Nullable DrainStatus previous, DrainView view, Instant now) {
    var ledger = new DrainLedger(previous, view, now);
    ledger.live.values().forEach(ledger::look);
    ledger.missing();
    ledger.gone.values().forEach(ledger::bury);
    return ledger.step();
  }

  private boolean isSeen(String name) {
    return live.containsKey(name) || gone.containsKey(name);
  }

  private void look(Pod pod) {
    String name = pod.getMetadata().getName();
    if (done.contains(name)) {
      return;
    }
    PodEnd end = PodEnd.of(pod, view.container());
    if (isLeftover(pod, end)) {
      note(counted, name);
      return;
    }
    boolean ready = isOverdue(pod, end) || end.isSettled();
    if (ready && note(counted, name)) {
      count(pod, end);
    } else if (end.hasRun()) {
      note(pods, name);
    }
  }

  /** A pod that ended before there were books or holds, and that nobody has cleared away. */
  private boolean isLeftover(Pod pod, PodEnd end) {
    return previous == null
        && !isHeld(pod)
        && end.departure().isFinal()
        && pod.getMetadata().getDeletionTimestamp() == null;
  }

  /** Nothing of what was in {@code pods} is left to look at. */
  private void missing() {
    for (String name : List.copyOf(pods)) {
      if (!isSeen(name)) {
        pods.remove(name);
        ended.add(ended(name, Judgement.notSeen(), Cause.Unknown, null));
      }
    }
  }

  private void bury(Pod pod) {
    String name = pod.getMetadata().getName();
    if (!done.contains(name) && note(counted, name)) {
      count(pod, PodEnd.of(pod, view.container()));
    }
  }

  private void count(Pod pod, PodEnd end) {
    pods.remove(end.name());
    ended.add(ended(end.name(), DrainJudge.judge(end), causes.of(pod), end));
    restarts +=
        end.ended()
            .flatMap(it -> DrainReports.parse(it.message()))
            .map(DrainReport::restarts)
            .orElse(0);
  }

  private Ended ended(String name, Judgement judgement, Cause cause, @Nullable PodEnd end) {
    var program = end == null ? null : end.ended().orElse(null);
    Instant finished = program == null ? null : program.finishedAt();
    return new Ended(
        name,
        judgement.verdict(),
        judgement.reason().name(),
        cause,
        end == null ? null : end.seconds(),
        program == null || program.isMadeUp() ? null : Integer.valueOf(program.exitCode()),
        judgement.message(),
        (finished == null ? now : finished).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Whether a pod is held for longer than it may be, so that its hold goes whatever is known. */
  private boolean isOverdue(Pod pod, PodEnd end) {
    Instant requested = end.departure().requested();
    if (requested == null || !isHeld(pod)) {
      return false;
    }
    Instant until = requested.plusSeconds(2 * Math.max(end.departure().grace(), 1));
    holdEnds.put(end.name(), until);
    return !now.isBefore(until);
  }

  private static boolean isHeld(Pod pod) {
    return list(pod.getMetadata().getFinalizers()).contains(Labels.DRAIN_VERDICT);
  }

  private DrainStep step() {
    ended.sort(Comparator.comparing(Ended::finishedAt).thenComparing(Ended::pod));
    var release = new ArrayList<String>();
    var recheck = new TreeSet<Instant>();
    for (Pod pod : live.values()) {
      String name = pod.getMetadata().getName();
      Instant until = holdEnds.get(name);
      if (!isHeld(pod)) {
        continue;
      }
      if (done.contains(name)) {
        release.add(name);
      } else if (counted.contains(name)) {
        recheck.add(now);
      } else if (until != null && !now.isBefore(until)) {
        release.add(name); // the books are full
      } else if (until != null) {
        recheck.add(until);
      }
    }
    return new DrainStep(
        status(),
        List.copyOf(ended),
        List.copyOf(release),
        recheck.isEmpty() ? null : recheck.first());
  }

  private @Nullable DrainStatus status() {
    boolean same = ended.isEmpty() && pods.equals(new TreeSet<>(list(podsBefore())));
    if (same && !hasLeftovers()) {
      return previous;
    }
    // those of this pass stay for once, so that a last state that is late finds them
    var names = new TreeSet<>(counted);
    ended.forEach(end -> note(names, end.pod()));
    Long before = previous == null ? null : previous.inPlaceRestarts();
    return new DrainStatus(
        DrainTotals.plus(previous == null ? null : previous.totals(), ended),
        last(),
        restarts == 0 ? before : Long.valueOf((before == null ? 0 : before) + restarts),
        List.copyOf(pods),
        List.copyOf(names));
  }

  private @Nullable List<String> podsBefore() {
    return previous == null ? null : previous.pods();
  }

  private boolean hasLeftovers() {
    return previous == null && !counted.isEmpty();
  }

  private List<Ended> last() {
    return Stream.concat(
            ended.reversed().stream(), list(previous == null ? null : previous.last()).stream())
        .limit(LAST)
        .toList();
  }

  private static boolean note(Set<String> names, String name) {
    return names.contains(name) || (names.size() < MOST_NAMES && names.add(name));
  }

  private static <T> List<T> list(@Nullable Collection<T> some) {
    return some == null ? List.of() : List.copyOf(some);
  }
}
