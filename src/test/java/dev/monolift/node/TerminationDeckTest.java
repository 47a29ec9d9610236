package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.node.Termination.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is dealt is random, and still all of it comes. */
class TerminationDeckTest {
  private static final int KINDS = Kind.values().length;

  private static Map<Kind, List<String>> workers() {
    var workers = new EnumMap<Kind, List<String>>(Kind.class);
    for (Kind kind : Kind.values()) {
      workers.put(kind, List.of("a", "b", "c"));
    }
    workers.put(Kind.OPERATOR_AWAY, List.of("held"));
    return workers;
  }

  private static List<Termination> dealt(long seed, int count) {
    var deck = new TerminationDeck(seed, workers(), 3);
    var dealt = new ArrayList<Termination>();
    for (int i = 0; i < count; i++) {
      dealt.add(deck.next());
    }
    return dealt;
  }

  @Test
  void aSeedAlwaysGivesTheSame() {
    assertThat(dealt(1, 100)).isEqualTo(dealt(1, 100)).isNotEqualTo(dealt(2, 100));
  }

  @Test
  void eachKindComesBeforeOneComesAgain() {
    for (int seed = 1; seed <= 50; seed++) {
      var dealt = dealt(seed, 2 * KINDS).stream().map(Termination::kind).toList();
      assertThat(dealt.subList(0, KINDS)).containsExactlyInAnyOrder(Kind.values());
      assertThat(dealt.subList(KINDS, 2 * KINDS)).containsExactlyInAnyOrder(Kind.values());
    }
  }

  @Test
  void eachKindComesToEachWorkerThatItIsPossibleFor() {
    assertThat(dealt(3, 3 * KINDS))
        .filteredOn(it -> it.kind() == Kind.ROLLOUT)
        .extracting(Termination::worker)
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(dealt(3, 3 * KINDS))
        .filteredOn(it -> it.kind() == Kind.OPERATOR_AWAY)
        .extracting(Termination::worker)
        .containsOnly("held");
  }

  @Test
  void neverMorePodsThanThereAre() {
    assertThat(dealt(4, 200)).extracting(Termination::pods).containsOnly(1, 2, 3);
  }
}
