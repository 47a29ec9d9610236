package dev.monolift.consumers;

import java.util.TreeMap;

/**
 * The bound in force. A new bound is promised from the moment at which the status says that it was
 * seen; until then the one before may still be used.
 */
final class Bound {
  static final int NONE = Integer.MAX_VALUE;

  private final TreeMap<Long, Integer> byGeneration = new TreeMap<>();

  void take(Fact.Worker worker) {
    byGeneration.put(worker.generation(), worker.max() == null ? NONE : worker.max());
    Long seen = byGeneration.floorKey(worker.observed());
    if (seen != null) {
      byGeneration.headMap(seen).clear();
    }
  }

  /** The largest number that is allowed now. */
  int most() {
    return byGeneration.values().stream().mapToInt(i -> i).max().orElse(NONE);
  }
}
