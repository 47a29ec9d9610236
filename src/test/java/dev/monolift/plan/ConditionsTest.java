package dev.monolift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.plan.Conditions.Status;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00.9Z");
  private static final Instant LATE = Instant.parse("2026-01-01T00:01:00Z");

  private static Condition ready(Status status, String reason) {
    return Conditions.of(Conditions.READY, status, reason, "", 1L);
  }

  @Test
  void theTransitionTimeMovesWithTheStatusOnly() {
    var first = Conditions.merge(null, List.of(ready(Status.True, "A")), EARLY);
    var reworded = Conditions.merge(first, List.of(ready(Status.True, "B")), LATE);
    var turned = Conditions.merge(first, List.of(ready(Status.False, "B")), LATE);

    assertThat(first).extracting("lastTransitionTime").containsExactly("2026-01-01T00:00:00Z");
    assertThat(reworded).extracting("lastTransitionTime").containsExactly("2026-01-01T00:00:00Z");
    assertThat(reworded).extracting("reason").containsExactly("B");
    assertThat(turned).extracting("lastTransitionTime").containsExactly("2026-01-01T00:01:00Z");
  }

  @Test
  void whatIsNotWantedIsDroppedAndTheOrderIsTheWanted() {
    var before =
        Conditions.merge(
            null,
            List.of(
                ready(Status.True, "A"),
                Conditions.of("Old", Status.True, "A", "", null),
                Conditions.of("Kept", Status.True, "A", "", null)),
            EARLY);

    var after =
        Conditions.merge(
            before,
            List.of(Conditions.of("Kept", Status.True, "A", "", null), ready(Status.True, "A")),
            LATE);

    assertThat(after).extracting("type").containsExactly("Kept", "Ready");
    assertThat(Conditions.find(after, "Old")).isEmpty();
    assertThat(Conditions.find(null, "Old")).isEmpty();
  }
}
