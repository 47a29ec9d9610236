package dev.monolift.dns;

/** How many random cases a property test tries. */
final class Seeds {
  private Seeds() {}

  /** System property {@code monolift.seeds}; 200 without it. */
  static int count() {
    return Integer.getInteger("monolift.seeds", 200);
  }
}
