package dev.monolift.plan;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * metav1 conditions: made, found and merged so that {@code lastTransitionTime} moves only when the
 * status does.
 */
public final class Conditions {
  /** The type that sums up. */
  public static final String READY = "Ready";

  private Conditions() {}

  /** Status of a condition. */
  public enum Status {
    /** It holds. */
    True,
    /** It does not hold. */
    False,
    /** Not known. */
    Unknown
  }

  /**
   * A condition without a transition time; {@link #merge} sets it.
   *
   * @param type CamelCase type
   * @param status whether it holds
   * @param reason one CamelCase word
   * @param message a sentence that says what to do
   * @param generation generation of the spec that was judged; null leaves it out
   * @return the condition
   */
  public static Condition of(
      String type, Status status, String reason, String message, @Nullable Long generation) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status.name())
        .withReason(reason)
        .withMessage(message)
        .withObservedGeneration(generation)
        .build();
  }

  /**
   * The condition of a type.
   *
   * @param conditions conditions; null means none
   * @param type the type
   * @return the condition, if there is one
   */
  public static Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
  }

  /**
   * Gives each wanted condition its transition time: the old one when the status is as it was, else
   * now. Types that are not wanted are dropped.
   *
   * @param before conditions of the current status; null means none
   * @param wanted conditions as they shall be, in their order
   * @param now the time; whole seconds are used, as metav1.Time has them
   * @return new conditions
   */
  public static List<Condition> merge(
      @Nullable List<Condition> before, List<Condition> wanted, Instant now) {
    var merged = new ArrayList<Condition>(wanted.size());
    for (Condition condition : wanted) {
      String time =
          find(before, condition.getType())
              .filter(
                  old ->
                      old.getStatus().equals(condition.getStatus())
                          && old.getLastTransitionTime() != null)
              .map(Condition::getLastTransitionTime)
              .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
      merged.add(new ConditionBuilder(condition).withLastTransitionTime(time).build());
    }
    return List.copyOf(merged);
  }
}
