package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.DrainStatus.Ended;
import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Conditions.Status;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The condition DrainsClean: whether the last ten pods ended as they should. */
public final class DrainsClean {
  /** Type of the condition. */
  public static final String TYPE = "DrainsClean";

  private static final int LONGEST = 2000;

  /** From the worst on; the two that are no harm are not in it. */
  private static final List<Verdict> WORST_FIRST =
      List.of(
          Verdict.Cut,
          Verdict.Killed,
          Verdict.OutOfMemory,
          Verdict.Crashed,
          Verdict.NodeLost,
          Verdict.Unknown);

  private DrainsClean() {}

  /**
   * The condition.
   *
   * @param drains the drains in the next status; null means none
   * @param generation generation of the spec; null leaves it out
   * @return True with reason Clean, or False with the reason of the worst verdict; empty while no
   *     pod has ended
   */
  public static Optional<Condition> of(@Nullable DrainStatus drains, @Nullable Long generation) {
    List<Ended> last = drains == null || drains.last() == null ? List.of() : drains.last();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    List<Ended> bad =
        last.stream()
            .filter(end -> !isHarmless(end.verdict()))
            .sorted(Comparator.comparingInt(end -> WORST_FIRST.indexOf(end.verdict())))
            .toList();
    return Optional.of(
        bad.isEmpty()
            ? Conditions.of(
                TYPE,
                Status.True,
                "Clean",
                "No job was cut when the last " + pods(last.size()) + " ended.",
                generation)
            : Conditions.of(
                TYPE, Status.False, bad.getFirst().reason(), message(bad, last), generation));
  }

  /** Whether a verdict is nothing that a person has to look at. */
  static boolean isHarmless(Verdict verdict) {
    return !WORST_FIRST.contains(verdict);
  }

  private static String message(List<Ended> bad, List<Ended> last) {
    Map<String, List<Ended>> groups =
        bad.stream()
            .collect(
                Collectors.groupingBy(
                    end -> end.verdict() + " (" + end.reason() + ")",
                    LinkedHashMap::new,
                    Collectors.toList()));
    String text =
        "Of the last "
            + pods(last.size())
            + ", "
            + bad.size()
            + " did not end clean. "
            + groups.entrySet().stream().map(DrainsClean::group).collect(Collectors.joining(" "));
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }

  /** Pods with one reason need one piece of advice: that of the newest of them. */
  private static String group(Map.Entry<String, List<Ended>> group) {
    return group.getKey()
        + ": "
        + group.getValue().stream().map(Ended::pod).collect(Collectors.joining(", "))
        + ". "
        + group.getValue().getFirst().message();
  }

  private static String pods(int count) {
    return count == 1 ? "1 pod" : count + " pods";
  }
}
