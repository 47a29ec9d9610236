package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainStatus.Cause;
import dev.monolift.api.v1alpha1.DrainStatus.Ended;
import dev.monolift.plan.PlannedEvent;
import java.util.List;

/** Events about pods that ended. */
public final class DrainEvents {
  private static final int LONGEST = 1000;

  private DrainEvents() {}

  /**
   * An event per pod. Its reason is the verdict after the word Drain, for example DrainClean or
   * DrainKilled; it is a warning unless no job can have been cut.
   *
   * @param ended pods whose verdict is new
   * @return events in the same order, one per pod for ever, also when its end is judged again after
   *     a crash and its cause is another word then
   */
  public static List<PlannedEvent> of(List<Ended> ended) {
    return ended.stream().map(DrainEvents::event).toList();
  }

  private static PlannedEvent event(Ended end) {
    String text =
        "Pod "
            + end.pod()
            + " ended"
            + because(end.cause())
            + ": "
            + end.verdict()
            + " ("
            + end.reason()
            + "). "
            + end.message();
    return new PlannedEvent(
        DrainsClean.isHarmless(end.verdict())
            ? PlannedEvent.Type.Normal
            : PlannedEvent.Type.Warning,
        "Drain" + end.verdict(),
        text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...",
        "end of pod " + end.pod(),
        true);
  }

  private static String because(Cause cause) {
    return switch (cause) {
      case ScaleIn -> " by scale-in";
      case Rollout -> " by a rollout";
      case Restart -> " by a restart";
      case Eviction -> " by an eviction";
      case Node -> " by its node";
      case Delete -> " because it was deleted";
      case Unknown -> "";
    };
  }
}
