package dev.monolift;

/**
 * How many random cases a property test tries. A test that fails names its seed; the same seed
 * gives the same case.
 */
public final class Seeds {
  private Seeds() {}

  /**
   * The number of cases.
   *
   * @param small how many a normal build tries
   * @return that many times the system property {@code monolift.seeds}, which a proof run sets
   */
  public static int count(int small) {
    return small * Integer.getInteger("monolift.seeds", 1);
  }
}
