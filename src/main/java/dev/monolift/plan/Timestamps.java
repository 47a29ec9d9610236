package dev.monolift.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as Kubernetes writes them. */
public final class Timestamps {
  private Timestamps() {}

  /**
   * Reads a metav1.Time.
   *
   * @param text RFC 3339; null means none
   * @return the time; empty when there is none, when it is no time, and for Go's zero time and
   *     1970, which mean that it is not known
   */
  public static Optional<Instant> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant())
          .filter(time -> time.isAfter(Instant.EPOCH));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
