package dev.monolift.architecture.broken.monolithapi;

import dev.monolift.architecture.broken.legacycronjob.ThirdReconciler;
import java.time.Instant;

/** Resources that ask for the time and know another kind. */
public record SecondResources(ThirdReconciler other) {
  Instant time() {
    return Instant.now();
  }
}
