package dev.monolift.node;

import java.util.List;

/**
 * One line of the ledger that the workers keep in the database; see
 * src/test/container/node/jobs.sql.
 *
 * @param job number of the job
 * @param queue whose job
 * @param millis how long it takes
 * @param pod name of the pod
 * @param event what the pod did with it
 */
record LedgerLine(long job, String queue, int millis, String pod, Event event) {
  /** What a pod does with a job. */
  enum Event {
    /** It has taken the job. */
    started,
    /** The job is done. */
    finished,
    /** It has given the job back before it began with it. */
    returned
  }

  /** Query for all lines in the order in which they were written. */
  static final String QUERY =
      "SELECT l.job, j.queue, j.millis, l.pod, l.event FROM work.ledger l"
          + " JOIN work.jobs j ON j.id = l.job ORDER BY l.id;";

  /**
   * Reads the answer to {@link #QUERY}.
   *
   * @param answer lines with tabs between the columns
   */
  static List<LedgerLine> parse(String answer) {
    return answer.lines().map(LedgerLine::ofLine).toList();
  }

  private static LedgerLine ofLine(String line) {
    String[] columns = line.split("\t", -1);
    return new LedgerLine(
        Long.parseLong(columns[0]),
        columns[1],
        Integer.parseInt(columns[2]),
        columns[3],
        Event.valueOf(columns[4]));
  }
}
