package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.drain.lab.MariaDb;
import dev.monolift.node.JobBooks.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The queue and the ledger say what happened to a job, with the worker of docs/drain.md as a
 * process and a database on this machine.
 */
class JobQueueIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MariaDb database = start();
  private final JobQueue queue = JobQueue.create(this::sql);

  @AfterEach
  void stop() throws IOException {
    database.close();
  }

  @Test
  void aWorkerThatIsAskedToEndFinishesItsJob(@TempDir Path folder) throws Exception {
    queue.open(List.of(Subject.worker("mail")), 800, 1200, 0.5);
    Process worker = worker(folder, "mail");
    try {
      await("a job in work").atMost(PATIENCE).until(() -> queue.isAtWork("%"));
      worker.destroy();
      assertThat(worker.waitFor()).isZero();
    } finally {
      worker.destroyForcibly();
    }
    Tally tally = tally("mail");
    assertThat(tally.cut()).isZero();
    assertThat(tally.finished() + tally.returned()).isEqualTo(tally.started()).isGreaterThan(1);
    assertThat(sql("SELECT COUNT(*) FROM work.jobs WHERE state = 'started';").strip())
        .isEqualTo("0");
  }

  @Test
  void aWorkerThatIsKilledLeavesACutJob(@TempDir Path folder) throws Exception {
    queue.open(List.of(Subject.worker("mail")), 2000, 2000, 0);
    Process worker = worker(folder, "mail");
    try {
      await("a job in work").atMost(PATIENCE).until(() -> queue.isAtWork("%"));
    } finally {
      worker.destroyForcibly().waitFor();
    }
    assertThat(tally("mail").cut()).isOne();
    assertThat(new JobBooks(queue.ledger()).faults()).isEmpty();
  }

  @Test
  void aLostConnectionCostsNoJob(@TempDir Path folder) throws Exception {
    queue.open(List.of(Subject.worker("mail")), 500, 700, 1);
    Process worker = worker(folder, "mail");
    try {
      for (int i = 0; i < 3; i++) {
        await("a job in work").atMost(PATIENCE).until(() -> queue.isAtWork("%"));
        int before = tally("mail").finished();
        sql("KILL " + connection() + ";");
        await("further jobs").atMost(PATIENCE).until(() -> tally("mail").finished() > before + 1);
      }
      worker.destroy();
      assertThat(worker.waitFor()).isZero();
    } finally {
      worker.destroyForcibly();
    }
    assertThat(tally("mail").cut()).isZero();
  }

  @Test
  void consumersAreCountedTenTimesASecondAndWhenTheyCome(@TempDir Path folder) throws Exception {
    sql(JobQueue.file("consumers.sql"));
    sql("INSERT INTO work.accounts VALUES ('root');");
    queue.open(List.of(Subject.worker("mail")), 500, 700, 0);
    Process first = worker(folder, "mail");
    Process second = worker(folder, "mail");
    try {
      await("both").atMost(PATIENCE).until(() -> counts("arrivals").counts().size() >= 2);
      await("samples").atMost(PATIENCE).until(() -> counts("samples").counts().size() >= 30);
    } finally {
      first.destroyForcibly().waitFor();
      second.destroyForcibly().waitFor();
    }
    sql("UPDATE work.sampling SET goes_on = FALSE;");
    // this test's own connections count too, for they have the same account
    assertThat(counts("arrivals").most()).isGreaterThanOrEqualTo(2);
    assertThat(counts("samples").most()).isGreaterThanOrEqualTo(2);
    assertThat(counts("samples").meanGap()).isBetween(90L, 200L);
  }

  /** The worker's, the only one of a client but that of the question. */
  private String connection() {
    return sql("SELECT id FROM information_schema.processlist WHERE db = 'work' AND user = 'root'"
            + " AND command <> 'Connect' AND id <> CONNECTION_ID();")
        .lines()
        .findFirst()
        .orElseThrow();
  }

  private ConsumerCounts counts(String table) {
    return ConsumerCounts.read(this::sql, table, "root");
  }

  private Tally tally(String queueName) {
    return Objects.requireNonNullElse(
        new JobBooks(queue.ledger()).tallies().get(queueName), new Tally(0, 0, 0, 0));
  }

  private Process worker(Path folder, String queueName) throws IOException {
    Files.copy(
        Path.of("examples", "php", "worker.php"),
        folder.resolve("worker.php"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        JobQueue.FILES.resolve("queue.php"),
        folder.resolve("queue.php"),
        StandardCopyOption.REPLACE_EXISTING);
    var builder = new ProcessBuilder("php", folder.resolve("worker.php").toString());
    builder.environment().put("QUEUE", queueName);
    builder
        .environment()
        .put("QUEUE_DSN", "mysql:unix_socket=" + database.socket() + ";dbname=work");
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }

  private static MariaDb start() {
    try {
      return MariaDb.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String sql(String statements) {
    try {
      var client =
          new ProcessBuilder("mariadb", "--socket=" + database.socket(), "-N", "-B")
              .redirectErrorStream(true)
              .start();
      try (var in = client.outputWriter(StandardCharsets.UTF_8)) {
        in.write(statements);
      }
      String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (client.waitFor() != 0) {
        throw new AssertionError(answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
