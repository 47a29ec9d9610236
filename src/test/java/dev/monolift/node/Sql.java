package dev.monolift.node;

/** A database that runs statements. */
@FunctionalInterface
interface Sql {
  /**
   * Runs them as its administrator.
   *
   * @param statements as the program {@code mariadb} reads them
   * @return the rows, with tabs between the columns and without headings
   */
  String run(String statements);
}
