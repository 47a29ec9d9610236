package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.DrainStatus.Totals;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What holds for every status that is written. */
final class HistoryRules {
  private HistoryRules() {}

  static void check(@Nullable DrainStatus before, DrainStep step, List<String> broken) {
    DrainStatus after = Objects.requireNonNull(step.status());
    long[] old = numbers(before == null ? null : before.totals());
    long[] sum = numbers(after.totals());
    for (int i = 0; i < old.length; i++) {
      if (sum[i] < old[i]) {
        broken.add("a total went down: " + after.totals());
      }
    }
    if (LongStream.of(sum).sum() - LongStream.of(old).sum() != step.ended().size()) {
      broken.add("the totals are not what ended: " + after.totals());
    }
    if (list(after.last()).size() > 10) {
      broken.add("more than ten: " + after.last());
    }
    Stream.of(list(after.pods()), list(after.counted()))
        .filter(names -> !names.equals(List.copyOf(new TreeSet<>(names))))
        .forEach(names -> broken.add("not in order: " + names));
    if (list(after.pods()).stream().anyMatch(list(after.counted())::contains)) {
      broken.add("counted and still awaited: " + after);
    }
  }

  private static long[] numbers(@Nullable Totals totals) {
    return totals == null
        ? new long[8]
        : Stream.of(
                totals.clean(),
                totals.cut(),
                totals.killed(),
                totals.outOfMemory(),
                totals.crashed(),
                totals.neverStarted(),
                totals.nodeLost(),
                totals.unknown())
            .mapToLong(it -> it == null ? 0 : it)
            .toArray();
  }

  private static <T> List<T> list(@Nullable List<T> some) {
    return some == null ? List.of() : some;
  }
}
