package dev.monolift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may start, case by case. */
class StartGateTest {
  private final StartGate gate = new StartGate();

  @Test
  void theOldestThatWaitIsFirstAndThenTheName() {
    var pods = List.of(waiting("c", "2"), waiting("b", "1"), waiting("a", "2"));

    assertThat(gate.admitted(Set.of(), pods, 2)).containsExactlyInAnyOrder("b", "a");
    assertThat(gate.admitted(Set.of(), pods, 9)).hasSize(3);
    assertThat(gate.admitted(Set.of(), pods, 0)).isEmpty();
  }

  @Test
  void aPodThatIsStillEndingCounts() {
    var pods = List.of(waiting("new", "2"), pod("old", false, true, false));

    assertThat(gate.admitted(Set.of(), pods, 1)).isEmpty();
    assertThat(gate.admitted(Set.of(), pods, 2)).containsExactly("new");
  }

  @Test
  void aPodThatHasEndedDoesNotCountAndLeavesTheRecord() {
    var pods = List.of(waiting("new", "2"), pod("old", false, true, true));

    assertThat(gate.admitted(Set.of("old"), pods, 1)).containsExactly("new");
  }

  @Test
  void whoIsAdmittedKeepsThePlaceAlsoWithTheGateStillClosed() {
    var pods = List.of(waiting("first", "1"), waiting("second", "2"));

    assertThat(gate.admitted(Set.of("second"), pods, 1)).containsExactly("second");
    assertThat(gate.mayOpen(Set.of("second"), pods, 1)).isTrue();
  }

  @Test
  void whoIsGoneLeavesTheRecord() {
    assertThat(gate.admitted(Set.of("gone", "no uid at all"), List.of(waiting("new", "1")), 1))
        .containsExactly("new");
  }

  @Test
  void aPodThatGoesWithoutHavingStartedIsNotAdmitted() {
    assertThat(gate.admitted(Set.of(), List.of(pod("going", true, true, false)), 1)).isEmpty();
  }

  @Test
  void aPodThatSomebodyStartedPastTheGateIsCounted() {
    var pods = List.of(waiting("mine", "1"), pod("foreign", false, false, false));

    assertThat(gate.admitted(Set.of(), pods, 1)).isEmpty();
    assertThat(gate.mayOpen(Set.of("mine"), pods, 1)).isFalse();
    assertThat(gate.mayOpen(Set.of("mine"), pods, 2)).isTrue();
  }

  @Test
  void aLowerBoundOpensNothingMore() {
    var pods = List.of(waiting("c", "3"), pod("a", false, false, false), waiting("b", "2"));

    assertThat(gate.admitted(Set.of("a", "b"), pods, 1)).containsExactlyInAnyOrder("a", "b");
    assertThat(gate.mayOpen(Set.of("a", "b"), pods, 1)).isFalse();
  }

  @Test
  void aRecordIsReadAsItWasWritten() {
    assertThat(AdmittedPods.read(AdmittedPods.write(Set.of("b", "a")))).containsOnly("a", "b");
    assertThat(AdmittedPods.write(Set.of("b", "a"))).isEqualTo("a,b");
    assertThat(AdmittedPods.read(null)).isEmpty();
    assertThat(AdmittedPods.read("")).isEmpty();
    assertThat(AdmittedPods.read(" a ,, {\"b\" \n")).containsOnly("a", "{\"b\"");
  }

  private static GatePod waiting(String uid, String created) {
    return new GatePod(uid, uid, created, true, false, false);
  }

  private static GatePod pod(String uid, boolean gated, boolean deleting, boolean ended) {
    return new GatePod(uid, uid, "0", gated, deleting, ended);
  }
}
