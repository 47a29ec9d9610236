package dev.monolift.node;

import java.util.Comparator;
import java.util.List;

/**
 * How many consumers of one account the database had, again and again.
 *
 * @param counts in the order of time
 */
record ConsumerCounts(List<Count> counts) {
  /**
   * One look.
   *
   * @param atMillis when, by the database's clock, in milliseconds since the epoch
   * @param together how many connections there were
   */
  record Count(long atMillis, int together) {}

  ConsumerCounts {
    counts = counts.stream().sorted(Comparator.comparingLong(Count::atMillis)).toList();
  }

  /**
   * Reads what the database has written down.
   *
   * @param sql the database
   * @param table samples (ten times a second) or arrivals (at each new connection)
   * @param account whose connections
   */
  static ConsumerCounts read(Sql sql, String table, String account) {
    return parse(
        sql.run(
            "SELECT ROUND(UNIX_TIMESTAMP(at) * 1000), together FROM work.%s WHERE account = '%s';"
                .formatted(table, account)));
  }

  static ConsumerCounts parse(String answer) {
    return new ConsumerCounts(
        answer
            .lines()
            .map(line -> line.split("\t", -1))
            .map(columns -> new Count(Long.parseLong(columns[0]), Integer.parseInt(columns[1])))
            .toList());
  }

  /** Most at once. */
  int most() {
    return counts.stream().mapToInt(Count::together).max().orElse(0);
  }

  /** Longest time between two looks, in milliseconds. */
  long longestGap() {
    long longest = 0;
    for (int i = 1; i < counts.size(); i++) {
      longest = Math.max(longest, counts.get(i).atMillis() - counts.get(i - 1).atMillis());
    }
    return longest;
  }

  /** Time between two looks on average, in milliseconds. */
  long meanGap() {
    return counts.size() < 2
        ? 0
        : (counts.getLast().atMillis() - counts.getFirst().atMillis()) / (counts.size() - 1);
  }
}
