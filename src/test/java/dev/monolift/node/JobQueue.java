package dev.monolift.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Queues of jobs in a database that never get empty, and the ledger of what became of the jobs.
 *
 * @param sql the database
 */
record JobQueue(Sql sql) {
  /** Where the files of the tests' containers are. */
  static final Path FILES = Path.of("src", "test", "container", "node");

  /**
   * Sets up a database that has been empty.
   *
   * @param sql the database
   */
  static JobQueue create(Sql sql) {
    sql.run(file("jobs.sql"));
    return new JobQueue(sql);
  }

  static String file(String name) {
    try {
      return Files.readString(FILES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Keeps jobs coming.
   *
   * @param queues whose
   * @param least shortest job in milliseconds
   * @param most longest job in milliseconds
   * @param queries share of the jobs that are a query of the database
   */
  void open(Collection<Subject> queues, int least, int most, double queries) {
    sql.run(
        queues.stream()
            .map(
                queue ->
                    "INSERT INTO work.queues VALUES ('%s', %d, %d, %s);"
                        .formatted(queue.name(), least, most, queries))
            .collect(Collectors.joining("\n")));
  }

  /** Whether a pod that matches a pattern of SQL is in a job, and not in its first one. */
  boolean isAtWork(String pods) {
    String counts =
        sql.run(
            """
            SELECT COALESCE(SUM(event = 'started'), 0), COALESCE(SUM(event <> 'started'), 0)
            FROM work.ledger WHERE pod LIKE '%s';
            """
                .formatted(pods));
    String[] columns = counts.strip().split("\t", -1);
    int started = Integer.parseInt(columns[0]);
    int ended = Integer.parseInt(columns[1]);
    return ended > 0 && started > ended;
  }

  /** Whether a pod that matches a pattern of SQL has begun a job right now. */
  boolean hasJustBegun(String pods) {
    String count =
        sql.run(
            """
            SELECT COUNT(*) FROM work.ledger
            WHERE pod LIKE '%s' AND event = 'started' AND at > NOW(3) - INTERVAL 500000 MICROSECOND;
            """
                .formatted(pods));
    return !count.strip().equals("0");
  }

  /** All that the workers have written. */
  List<LedgerLine> ledger() {
    return LedgerLine.parse(sql.run(LedgerLine.QUERY));
  }
}
