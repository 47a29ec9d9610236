package dev.monolift.monolithworker;

import org.jspecify.annotations.Nullable;

/** Lengths of messages: conditions and events are stored, so they are bounded. */
final class Texts {
  /** Longest message of a condition but for the one that shows a difference. */
  private static final int LONGEST = 2000;

  private Texts() {}

  static String bounded(@Nullable String message) {
    if (message == null) {
      return "";
    }
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST - 3) + "...";
  }
}
