package dev.monolift.consumers;

import dev.monolift.StartFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The operators of a history, by their slots. */
final class Members implements AutoCloseable {
  private final IntFunction<Member> recruiting;
  private final Map<Integer, Member> slots = new HashMap<>();
  private final List<Member> all = new ArrayList<>();

  /**
   * Nobody yet.
   *
   * @param recruiting starts an operator for a slot
   */
  Members(IntFunction<Member> recruiting) {
    this.recruiting = recruiting;
  }

  /**
   * Starts an operator where none is alive. On a machine that is busy it may not come up in time.
   */
  void start(int slot) {
    var there = slots.get(slot);
    if (there == null || !there.isAlive()) {
      try {
        var member = recruiting.apply(slot);
        slots.put(slot, member);
        all.add(member);
      } catch (StartFailure e) {
        // as with a pod whose program ends at once: the place stays free until the next attempt
        slots.remove(slot);
      }
    }
  }

  /** The living operator of a slot; null when there is none. */
  @Nullable Member at(int slot) {
    var member = slots.get(slot);
    return member != null && member.isAlive() ? member : null;
  }

  @Override
  public void close() {
    all.parallelStream().forEach(Member::close);
  }
}
