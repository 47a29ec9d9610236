package dev.monolift.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The images of {@code src/testcluster/images}: well-formed, and the programs in them work. */
class TestImagesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  /** JUnit warns of each link that leads out of the folder, and an image has hundreds. */
  @AfterEach
  void removeRoot() {
    Command.output("rm", "-rf", "--one-file-system", folder.resolve("root").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pause",
        "php",
        "php-bash",
        "php-busybox",
        "php-fpm-stop",
        "php-apache-stop",
        "database",
        "musl"
      })
  void theLayersAreThoseThatTheConfigNames(String name) throws IOException {
    TestImage image = build(name);

    var ids = new ArrayList<String>();
    image.config().at("/rootfs/diff_ids").forEach(id -> ids.add(id.asText()));
    assertThat(ids)
        .isNotEmpty()
        .isEqualTo(image.layers().stream().map(TestImagesIT::digest).toList());
    for (Path layer : image.layers()) {
      assertThat(Command.output("tar", "-t", "-v", "--numeric-owner", "-f", layer.toString()))
          .as("owners in the layer")
          .isNotEmpty()
          .doesNotContainPattern("(?m)^\\S+ (?!0/0 )");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "php,             '',      '',                    ''",
    "php-fpm-stop,    SIGQUIT, docker-php-entrypoint, php-fpm",
    "php-apache-stop, SIGWINCH,docker-php-entrypoint, apache2-foreground",
    "database,        '',      database,              ''",
    "pause,           '',      /pause,                ''",
  })
  void theConfigSaysHowToStartAndStop(String name, String signal, String entry, String command)
      throws IOException {
    JsonNode config = build(name).config().get("config");

    assertThat(config.path("StopSignal").asText()).isEqualTo(signal);
    assertThat(config.path("Entrypoint").path(0).asText()).isEqualTo(entry);
    assertThat(config.path("Cmd").path(0).asText()).isEqualTo(command);
  }

  @Test
  void phpHasWhatTestsNeed() throws IOException {
    ImageRoot php = build("php").root(folder.resolve("root"));

    assertThat(php.sh("php -m").split("\n"))
        .contains(
            "pcntl", "posix", "sockets", "PDO", "pdo_mysql", "mysqli", "redis", "curl", "openssl");
    assertThat(php.sh("php -r 'echo getmypid() > 0 ? \"runs\" : \"\";'")).isEqualTo("runs");
    assertThat(php.sh("php-fpm -t && php-fpm -i | grep -c '^Redis Support => enabled'"))
        .contains("test is successful")
        .endsWith("1");
    assertThat(php.sh("nginx -t")).contains("test is successful");
    assertThat(php.sh("apache2ctl -t && apache2ctl -M"))
        .contains("Syntax OK", "php_module", "mpm_prefork_module");
    assertThat(
            php.sh("supervisord --version && tini --version && ps -e && awk 'BEGIN { print 7 }'"))
        .contains("tini version")
        .endsWith("7");
    assertThat(php.sh("id -un www-data; grep ^nginx /etc/monolift-image"))
        .contains("www-data", "nginx 1.");
  }

  @ParameterizedTest
  @CsvSource({"php, dash, sleep", "php-bash, bash, sleep", "php-busybox, busybox, busybox"})
  void theShellIsTheOneThatTheNameSays(String name, String shell, String sleep) throws IOException {
    ImageRoot root = build(name).root(folder.resolve("root"));

    assertThat(root.sh("readlink /proc/$$/exe; :")).isEqualTo("/usr/bin/" + shell);
    assertThat(root.sh("readlink -f /bin/sleep")).isEqualTo("/usr/bin/" + sleep);
    assertThat(root.sh("php -r 'echo PHP_MAJOR_VERSION;'")).isIn("8", "9");
  }

  @ParameterizedTest
  @CsvSource({
    "php-fpm-stop, php-fpm, QUIT, 2328",
    "php-apache-stop, apache2-foreground, WINCH, 0050"
  })
  void theServerOfTheImageEndsWellOnItsStopSignal(
      String name, String command, String signal, String port) throws IOException {
    ImageRoot root = build(name).root(folder.resolve("root"));

    // a server that listens may not have its traps yet; one that has children has
    String output =
        root.sh(
            """
            docker-php-entrypoint %s & server=$!
            until pgrep -P $server && grep -q ':%s 0' /proc/net/tcp /proc/net/tcp6; do
              kill -0 $server; sleep 0.05
            done
            kill -%s $server
            wait $server
            echo ended well
            """
                .formatted(command, port, signal));

    assertThat(output).endsWith("ended well");
    assertThat(root.run("docker-php-entrypoint", "-r", "echo 'options are for php';"))
        .isEqualTo("options are for php");
  }

  @Test
  void mariadbAnswersEverybodyAndKeepsItsData() throws IOException {
    ImageRoot root = build("database").root(folder.resolve("root"));
    String start =
        """
        database mariadb & server=$!
        until mariadb -e 'SELECT 1' >/dev/null 2>&1; do kill -0 $server; sleep 0.05; done
        """;
    String stop = "\nkill $server; wait $server";

    assertThat(
            root.sh(
                start
                    + "mariadb -h 127.0.0.1 -u root -e 'CREATE DATABASE d; CREATE TABLE d.t AS SELECT 42'\n"
                    + "mariadb -N -B -e \"SELECT user, host FROM mysql.user WHERE host = '%'\""
                    + stop))
        .contains("root\t%");
    assertThat(root.sh(start + "mariadb -N -B -e 'SELECT * FROM d.t'" + stop)).contains("\n42");
  }

  @Test
  void redisAnswersEverybody() throws IOException {
    ImageRoot root = build("database").root(folder.resolve("root"));

    assertThat(
            root.sh(
                """
                database redis >/dev/null & server=$!
                until redis-cli ping 2>/dev/null; do kill -0 $server; sleep 0.05; done
                redis-cli config get protected-mode
                kill $server; wait $server
                """))
        .isEqualTo("PONG\nprotected-mode\nno");
  }

  @Test
  void muslLooksNamesUp() throws IOException {
    ImageRoot root = build("musl").root(folder.resolve("root"));

    Files.writeString(root.folder().resolve("etc/hosts"), "192.0.2.7 somewhere.example\n");

    assertThat(root.run("/usr/bin/lookup", "somewhere.example")).isEqualTo("192.0.2.7");
    assertThat(root.sh("readlink /proc/$$/exe; :")).isEqualTo("/usr/bin/busybox");
  }

  @Test
  void pauseReapsAndEndsWhenAsked() throws Exception {
    ImageRoot root = build("pause").root(folder.resolve("root"));
    Process around = root.start(List.of("/pause"));
    try {
      await().atMost(PATIENCE).until(() -> around.descendants().anyMatch(TestImagesIT::isPause));
      ProcessHandle pause =
          around.descendants().filter(TestImagesIT::isPause).findFirst().orElseThrow();
      orphanOf(pause).destroy();
      await().atMost(PATIENCE).until(() -> pause.children().findAny().isEmpty());

      Command.output("kill", "-TERM", "" + pause.pid());

      assertThat(around.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(around.exitValue()).isZero();
    } finally {
      around.destroyForcibly();
    }
  }

  /** Leaves a process to the first one of a PID namespace. */
  private static ProcessHandle orphanOf(ProcessHandle first) {
    Command.output("nsenter", "--target", "" + first.pid(), "--pid", "sh", "-c", "sleep 60 >&2 &");
    return await()
        .atMost(PATIENCE)
        .until(() -> first.children().findAny(), Optional::isPresent)
        .orElseThrow();
  }

  private static boolean isPause(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/pause");
  }

  private TestImage build(String name) throws IOException {
    return TestImage.build(name, folder.resolve("image"));
  }

  private static String digest(Path file) {
    return "sha256:" + Command.output("sha256sum", file.toString()).split(" ", -1)[0];
  }
}
