package dev.monolift.kube;

import dev.monolift.plan.PlannedEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of the pods at the start gate. A failure never ends the pass: the status still tells
 * how other pods ended.
 *
 * @param again whether somebody else wrote at the same time, so that it is tried again soon
 * @param events what a person should know
 * @param problem why nothing could be opened; null when nothing failed
 */
record GateOutcome(boolean again, List<PlannedEvent> events, @Nullable RuntimeException problem) {
  static final GateOutcome DONE = new GateOutcome(false, List.of(), null);
  static final GateOutcome AGAIN = new GateOutcome(true, List.of(), null);

  static GateOutcome failed(RuntimeException problem) {
    return new GateOutcome(false, List.of(), problem);
  }

  static GateOutcome refused(PlannedEvent event) {
    return new GateOutcome(false, List.of(event), null);
  }

  /** Why nothing could be opened. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(problem);
  }
}
