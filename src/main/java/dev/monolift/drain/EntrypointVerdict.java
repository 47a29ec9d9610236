package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import org.jspecify.annotations.Nullable;

/**
 * What a container's command means for the end of its pod.
 *
 * @param shape what it looks like
 * @param stop what a stop does without Monolift
 * @param role how the drain program gets into the container: Wrap, Hook or None, never Auto
 * @param severity how bad it is with that role
 * @param withoutMonolift a sentence or two: what a stop does without Monolift
 * @param withMonolift a sentence or two: what Monolift does about it in that role; with None, what
 *     it would do by default
 * @param advice what the team can do better; null when there is nothing
 */
public record EntrypointVerdict(
    EntrypointShape shape,
    EntrypointShape.Stop stop,
    Program role,
    Severity severity,
    String withoutMonolift,
    String withMonolift,
    @Nullable String advice) {

  /** How bad it is. */
  public enum Severity {
    /** Nothing is wrong, as far as it can be known from here. */
    Info,
    /** It breaks a stop, and Monolift puts that right. */
    Handled,
    /** It breaks a stop, and nothing puts that right. */
    Problem
  }

  /**
   * The whole as one text, for a condition.
   *
   * @return what happens and what to do, in that order
   */
  public String message() {
    String role = this.role == Program.None ? "" : " " + withMonolift;
    return withoutMonolift + role + (advice == null ? "" : " " + advice);
  }
}
