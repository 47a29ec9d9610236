package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import dev.monolift.dns.lab.DnsLab;
import dev.monolift.dns.lab.DnsLab.Observation;
import dev.monolift.proof.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real PHP and real C libraries against a DNS server that counts: the model tells the truth. */
class DnsQueriesIT {
  private static final List<String> SEARCHES =
      PodResolver.of(Requests.template("", Map.of()).getSpec(), "shop", Requests.FIVE_DOMAINS)
          .searches();
  private static final Map<String, String> RECORDS =
      Map.of(
          "svc.corp.example", "127.0.0.1",
          "db.shop.svc.cluster.local", "127.0.0.2",
          "db.stock.svc.cluster.local", "127.0.0.3",
          "pinned.corp.example", "127.0.0.4");
  private static final List<String> NAMES =
      List.of(
          "svc.corp.example",
          "svc.corp.example.",
          "db",
          "db.stock",
          "db.stock.svc",
          "db.stock.svc.cluster.local",
          "none.corp.example");

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static DnsLab lab;

  /** PHP's ways to connect; all of them ask for A and AAAA. */
  enum Client {
    PDO_MYSQL("try { new PDO(\"mysql:host=$h;port=9;dbname=x\"); } catch (PDOException) {}"),
    MYSQLI("try { new mysqli($h, 'u', 'p', 'x', 9); } catch (mysqli_sql_exception) {}"),
    PDO_PGSQL("try { new PDO(\"pgsql:host=$h;port=9;dbname=x\"); } catch (PDOException) {}"),
    FSOCKOPEN("@fsockopen($h, 9, $no, $text, 2);"),
    STREAM("@stream_socket_client(\"tcp://$h:9\", $no, $text, 2);"),
    CURL("$c = curl_init(\"http://$h:9/\"); curl_exec($c);"),
    REDIS("try { (new Redis())->connect($h, 9, 2); } catch (RedisException) {}"),
    MEMCACHED("$m = new Memcached(); $m->addServer($h, 9); $m->get('x');");

    final String code;

    Client(String code) {
      this.code = code;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    lab = DnsLab.start(folder, RECORDS, "127.0.0.1 localhost\n192.0.2.9 pinned.corp.example\n");
  }

  @AfterAll
  static void stop() throws IOException {
    lab.close();
  }

  private static String resolvConf(int ndots, List<String> searches) {
    return "search "
        + String.join(" ", searches)
        + "\nnameserver 127.0.0.1\noptions ndots:"
        + ndots
        + "\n";
  }

  private static Observation php(int ndots, String code, String host) throws IOException {
    return lab.run(
        resolvConf(ndots, SEARCHES),
        List.of(
            "php",
            "-d",
            "display_errors=0",
            "-d",
            "log_errors=0",
            "-r",
            "$h = $argv[1]; " + code,
            "--",
            host));
  }

  private static List<String> model(Libc libc, int ndots, String name) {
    return new ResolverSearch(libc, ndots, SEARCHES).lookup(name, RECORDS::containsKey).names();
  }

  private static void assertAsked(Observation seen, List<String> names, String types) {
    var wanted = new ArrayList<String>();
    names.forEach(name -> List.of(types.split(" ")).forEach(type -> wanted.add(name + "/" + type)));
    assertThat(seen.names()).as(seen.output()).isEqualTo(names);
    assertThat(seen.questions()).as(seen.output()).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @ParameterizedTest
  @EnumSource
  void phpAsksWhatTheModelSays(Client client) throws IOException {
    int lookups = 0;
    for (int ndots : new int[] {5, 2, 1}) {
      for (String name : NAMES) {
        assertAsked(php(ndots, client.code, name), model(Libc.glibc, ndots, name), "A AAAA");
        lookups++;
      }
    }
    Proof.fact(
        Proof.Chapter.DNS,
        "queries of real PHP by name and number are those of the model: " + client,
        lookups
            + " lookups; svc.corp.example: "
            + php(5, client.code, "svc.corp.example").questions().size()
            + " queries at ndots:5, "
            + php(2, client.code, "svc.corp.example").questions().size()
            + " at ndots:2, "
            + php(5, client.code, "svc.corp.example.").questions().size()
            + " with a dot");
  }

  @Test
  void gethostbynameAsksHalfOfIt() throws IOException {
    for (int ndots : new int[] {5, 2, 1}) {
      for (String name : NAMES) {
        assertAsked(
            php(ndots, "echo gethostbyname($h);", name), model(Libc.glibc, ndots, name), "A");
      }
    }
  }

  @Test
  void threeConnectionsAskThreeTimes() throws IOException {
    String three = Client.PDO_MYSQL.code.repeat(3);

    assertThat(php(5, three, "svc.corp.example").questions()).hasSize(36);
    assertThat(php(5, three, "svc.corp.example.").questions()).hasSize(6);
  }

  @Test
  void muslAsksWhatTheModelSays() throws Exception {
    Path program = compileForMusl();
    int lookups = 0;
    for (int ndots : new int[] {5, 2, 1}) {
      for (String name : NAMES) {
        var seen = lab.run(resolvConf(ndots, SEARCHES), List.of(program.toString(), name));
        var lookup =
            new ResolverSearch(Libc.musl, ndots, SEARCHES).lookup(name, RECORDS::containsKey);
        assertAsked(seen, lookup.names(), "A AAAA");
        assertThat(seen.output().strip().equals("not found")).isEqualTo(!lookup.found());
        lookups++;
      }
    }
    for (int length : new int[] {254, 255}) {
      var searches = new ArrayList<String>();
      List.of("a", "d", "e").forEach(c -> searches.add(c.repeat(55) + ".example"));
      searches.add("b".repeat(50) + "." + "c".repeat(length - "search ".length() - 3 * 64 - 51));
      var seen = lab.run(resolvConf(5, searches), List.of(program.toString(), "none"));
      assertAsked(seen, new ResolverSearch(Libc.musl, 5, searches).attempts("none"), "A AAAA");
      lookups++;
    }
    Proof.fact(
        Proof.Chapter.DNS,
        "queries of a program linked with musl by name and number are those of the model",
        lookups + " lookups");
  }

  private static Path compileForMusl() throws Exception {
    Path program = folder.resolve("lookup");
    var compiler =
        new ProcessBuilder("musl-gcc", "-static", "-o", program.toString(), "src/test/c/lookup.c")
            .inheritIO()
            .start();
    assertThat(compiler.waitFor()).as("exit code of musl-gcc (Debian: musl-tools)").isZero();
    return program;
  }

  @Test
  void aPlannedWorkerAsksWhatItsStatusSays() throws IOException {
    var spec = Requests.endpoints(Requests.env("DSN", "svc.corp.example", DnsClient.mysql));
    String dsn = "mysql:host=svc.corp.example;port=9;dbname=x";
    for (String image : List.of(Requests.UNKNOWN_IMAGE, Requests.GLIBC_IMAGE)) {
      var request = Requests.request(spec, Requests.template(image, Map.of("DSN", dsn)));
      var result = DnsEngine.plan(request);
      var decision = Objects.requireNonNull(result.status().endpoints()).getFirst();
      String connect = "try { new PDO($h); } catch (PDOException) {}";
      int ndots = Objects.requireNonNull(result.status().ndots());

      assertThat(php(5, connect, dsn).questions()).hasSize(12).hasSize(decision.queriesBefore());
      assertThat(php(ndots, connect, Requests.env(result, "DSN")).questions())
          .hasSize(2)
          .hasSize(decision.queriesAfter());
    }
  }

  @Test
  void aDotBypassesHostAliasesAndLocalhost() throws IOException {
    String code = "echo gethostbyname($h);";

    assertThat(php(5, code, "pinned.corp.example"))
        .isEqualTo(new Observation("192.0.2.9", List.of()));
    assertThat(php(5, code, "pinned.corp.example."))
        .isEqualTo(new Observation("127.0.0.4", List.of("pinned.corp.example/A")));
    assertThat(php(5, code, "localhost").output()).isEqualTo("127.0.0.1");
    assertThat(php(5, code, "localhost.").output()).isEqualTo("localhost.");
  }

  @Test
  void aDotStaysInTheHostHeader() throws IOException {
    String server =
        "$s = stream_socket_server('tcp://127.0.0.1:0'); $p = explode(':',"
            + " stream_socket_get_name($s, false))[1]; if (pcntl_fork() == 0) { $c ="
            + " stream_socket_accept($s); while (($l = trim(fgets($c))) !== '') { if"
            + " (stripos($l, 'Host:') === 0) { echo strtok($l, \" :\") . ' ' . strtok(' :'); } }"
            + " fwrite($c, \"HTTP/1.0 204 x\\r\\n\\r\\n\"); exit; } ";
    String wait = " pcntl_wait($status);";
    String stream = server + "file_get_contents(\"http://$h:$p/\");" + wait;
    String curl = server + "curl_exec(curl_init(\"http://$h:$p/\"));" + wait;

    for (String client : List.of(stream, curl)) {
      assertThat(php(5, client, "svc.corp.example").output()).isEqualTo("Host svc.corp.example");
      assertThat(php(5, client, "svc.corp.example.").output()).isEqualTo("Host svc.corp.example.");
    }
  }
}
