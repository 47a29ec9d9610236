package dev.monolift.dns;

/** How many random cases a property test tries. */
final class Seeds {
  private static final int SMALL = 200;

  private Seeds() {}

  /** The small number, times the system property {@code monolift.seeds}. */
  static int count() {
    return SMALL * Integer.getInteger("monolift.seeds", 1);
  }
}
