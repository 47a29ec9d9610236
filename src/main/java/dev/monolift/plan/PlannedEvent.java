package dev.monolift.plan;

/**
 * An event about the reconciled resource.
 *
 * @param type Normal or Warning
 * @param reason one CamelCase word
 * @param message a sentence for a person
 * @param occurrence what makes this occurrence different from an earlier one with the same words,
 *     for example the transition time that it ends; the same occurrence planned again after a crash
 *     yields the same event object
 */
public record PlannedEvent(Type type, String reason, String message, String occurrence) {

  /** The event types of Kubernetes. */
  public enum Type {
    /** Information. */
    Normal,
    /** Something that a person should look at. */
    Warning
  }
}
