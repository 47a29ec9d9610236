package dev.monolift.node;

import dev.monolift.node.Termination.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/**
 * Chooses what ends pods next, at random, but as cards are dealt: each kind once before one comes
 * again, and each worker that a kind is possible for once before one comes again for it.
 */
final class TerminationDeck {
  private static final int LONGEST_PAUSE = 4000;

  private final Random random;
  private final Map<Kind, List<String>> workers;
  private final int replicas;
  private final Queue<Kind> kinds = new ArrayDeque<>();
  private final Map<Kind, Queue<String>> turns = new HashMap<>();

  /**
   * A deck.
   *
   * @param seed the same seed gives the same choices
   * @param workers the workers that each kind is possible for; other kinds never come
   * @param replicas pods of each worker
   */
  TerminationDeck(long seed, Map<Kind, List<String>> workers, int replicas) {
    // seeds that follow each other give similar first numbers
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.workers = Map.copyOf(workers);
    this.replicas = replicas;
  }

  /** The next one. */
  Termination next() {
    if (kinds.isEmpty()) {
      kinds.addAll(shuffled(new ArrayList<>(EnumSet.copyOf(workers.keySet()))));
    }
    Kind kind = kinds.remove();
    Queue<String> turn = turns.computeIfAbsent(kind, _ -> new ArrayDeque<>());
    if (turn.isEmpty()) {
      turn.addAll(shuffled(new ArrayList<>(workers.getOrDefault(kind, List.of()))));
    }
    return new Termination(
        kind, turn.remove(), 1 + random.nextInt(replicas), random.nextInt(LONGEST_PAUSE));
  }

  private <T> List<T> shuffled(List<T> list) {
    Collections.shuffle(list, random);
    return list;
  }
}
