package dev.monolift.drain.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A database server of its own, on a socket only. */
public final class MariaDb implements AutoCloseable {
  private final Path folder;
  private final Process server;

  private MariaDb(Path folder, Process server) {
    this.folder = folder;
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @return it, ready for queries
   * @throws IOException when it does not start, with the end of its log
   * @throws InterruptedException when somebody interrupts
   */
  public static MariaDb start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("monolift-db");
    try {
      return start(folder);
    } catch (IOException | InterruptedException | RuntimeException e) {
      Processes.delete(folder);
      throw e;
    }
  }

  private static MariaDb start(Path folder) throws IOException, InterruptedException {
    run(
        folder,
        "mariadb-install-db",
        "--no-defaults",
        "--user=root",
        "--auth-root-authentication-method=normal",
        "--datadir=" + folder.resolve("data"));
    var server =
        new ProcessBuilder(
                "mariadbd",
                "--no-defaults",
                "--user=root",
                "--skip-networking",
                "--datadir=" + folder.resolve("data"),
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.exists(folder.resolve("socket")) || !server.isAlive());
    } catch (RuntimeException e) {
      server.destroyForcibly().waitFor();
      throw e;
    }
    if (!server.isAlive()) {
      throw new IOException(
          "MariaDB (Debian: mariadb-server) did not start: "
              + Files.readString(folder.resolve("log")));
    }
    return new MariaDb(folder, server);
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Path log = folder.resolve("install");
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("no database (Debian: mariadb-server): " + Files.readString(log));
    }
  }

  /**
   * Its socket.
   *
   * @return the path
   */
  public Path socket() {
    return folder.resolve("socket");
  }

  @Override
  public void close() throws IOException {
    server.destroy();
    try {
      if (!server.waitFor(30, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Processes.delete(folder);
  }
}
