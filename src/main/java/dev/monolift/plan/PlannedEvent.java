package dev.monolift.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * An event about the reconciled resource.
 *
 * @param type Normal or Warning
 * @param reason one CamelCase word
 * @param message a sentence for a person
 * @param occurrence what makes this occurrence different from an earlier one with the same words,
 *     for example the transition time that it ends; the same occurrence planned again after a crash
 *     yields the same event object
 * @param once whether an occurrence has one event, whatever its words: a judgement that is made
 *     again after a crash may know more than the first and say it differently
 */
public record PlannedEvent(
    Type type, String reason, String message, String occurrence, @JsonIgnore boolean once) {

  /**
   * An event that other words make another event.
   *
   * @param type Normal or Warning
   * @param reason one CamelCase word
   * @param message a sentence for a person
   * @param occurrence what makes it different from an earlier one with the same words
   */
  public PlannedEvent(Type type, String reason, String message, String occurrence) {
    this(type, reason, message, occurrence, false);
  }

  /** The event types of Kubernetes. */
  public enum Type {
    /** Information. */
    Normal,
    /** Something that a person should look at. */
    Warning
  }
}
