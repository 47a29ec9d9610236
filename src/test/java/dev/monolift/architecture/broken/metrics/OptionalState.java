package dev.monolift.architecture.broken.metrics;

import java.util.Optional;

/** An Optional that is kept. */
record OptionalState(Optional<String> name) {}
