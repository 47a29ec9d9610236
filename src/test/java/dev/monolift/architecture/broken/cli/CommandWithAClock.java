package dev.monolift.architecture.broken.cli;

import java.time.Instant;

/** A command that asks for the time; it may ask for the environment. */
final class CommandWithAClock {
  String now() {
    return System.getenv("TZ") + Instant.now();
  }
}
