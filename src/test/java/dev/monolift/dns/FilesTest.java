package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import dev.monolift.dns.DnsResult.Severity;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Configuration files: only dots are added, and only behind the key that is meant. */
class FilesTest {

  private static DnsResult plan(String path, String key, String text, DnsClient client) {
    return DnsEngine.plan(
        Requests.request(
            Requests.endpoints(Requests.file("config", path, key, "db.corp.example", client)),
            Requests.using(Requests.UNKNOWN_IMAGE, "config"),
            Requests.configMap("config", Map.of(path, text, "other", "db.corp.example"))));
  }

  /** Every {@code ^} is the place of a dot; without it the text is the file before. */
  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of(".env", "DB_HOST", "DB_HOST=db.corp.example^\n"),
        Arguments.of(
            ".env", "DB_HOST", "# DB_HOST=db.corp.example\r\nDB_HOST=db.corp.example^\r\n"),
        Arguments.of(".env", "DB_HOST", "export  DB_HOST = \"db.corp.example^\" # db.corp.example"),
        Arguments.of(
            ".env", "DB_HOST", "DB_HOST='db.corp.example^' \nDB_HOST_RO=db.corp.example\n"),
        Arguments.of(".env", "DB_HOST", "DB_HOST=db.corp.example^ # db.corp.example\n"),
        Arguments.of(
            ".env", "DB_HOST", "A=\"\nDB_HOST=db.corp.example\n\"\nDB_HOST=db.corp.example^"),
        Arguments.of(".env", "DB_HOST", "DB_HOST=\"\nnot\\\"yet\ndb.corp.example^\n\"\n"),
        Arguments.of(".env", "DB_HOST", "DB_HOST=db.corp.example^\nDB_HOST=db.corp.example^\n"),
        Arguments.of(".env", "DB_HOST", "A='it\nDB_HOST=\"db.corp.example^\"\n"),
        Arguments.of(".env", "DB_HOST", "\uFEFFDB_HOST=db.corp.example^"),
        Arguments.of("app.env", "DSN", "DSN=\"mysql:host=db.corp.example^;dbname=x\"\n"),
        Arguments.of("app.ini", "db.host", "[db]\nhost = db.corp.example^ ; db.corp.example\n"),
        Arguments.of(
            "app.ini",
            "db.host",
            "host=db.corp.example\n[ db ]\r\nhost=\"db.corp.example^\"\r\n[x]\nhost=db.corp.example\n"),
        Arguments.of("app.ini", "host", "host = 'db.corp.example^'\n[db]\nport = 1\n"),
        Arguments.of(
            "php.ini",
            "session.save_path",
            "[Session]\n;session.save_path=db.corp.example\nsession.save_path = \"db.corp.example^:11211\"\n"),
        Arguments.of(
            "app.ini",
            "cache.servers",
            "[cache]\nservers[] = db.corp.example^:1\nservers[] = \"db.corp.example^:2\"\n"),
        Arguments.of(
            "app.json",
            "db.host",
            "{\"db\":{\"host\":\"db.corp.example^\",\"ro\":\"db.corp.example\"}}"),
        Arguments.of(
            "app.json",
            "db.host",
            "{ \"x\": [1, -2.5e3, true, null, {}],\r\n  \"db\" : { \"host\" : \"db.corp.example^\" } }\r\n"),
        Arguments.of(
            "app.json",
            "db.host",
            "{\"db.host\": \"db.corp.example^\", \"host\": \"db.corp.example\"}"),
        Arguments.of(
            "app.json", "db.url", "{\"db\":{\"url\":\"tcp:\\/\\/db.corp.example^:3306\\/\"}}"),
        Arguments.of(
            "app.json", "db.url", "{\"db\":{\"url\":\"\\u0064b.corp\\u002eexample^\\n\"}}"),
        Arguments.of(
            "app.json", "servers.1", "{\"servers\":[\"db.corp.example\",\"db.corp.example^\"]}"),
        Arguments.of(
            "app.json", "servers", "{\"servers\":[\"db.corp.example^\",\"db.corp.example^:2\"]}"),
        Arguments.of(
            "app.json", "0.h", "[{\"h\":\"db.corp.example^\"},{\"h\":\"db.corp.example\"}]"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void getOnlyDots(String path, String key, String marked) {
    var result = plan(path, key, marked.replace("^", ""), DnsClient.tcp);

    assertThat(result.findings()).isEmpty();
    assertThat(Requests.data(result, path)).isEqualTo(marked.replace("^", "."));
    assertThat(Requests.data(result, "other")).isEqualTo("db.corp.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".env     | DB  | DBX=db.corp.example                  | KeyMissing",
        ".env     | DB  | DB=other.example                     | HostNotInValue",
        "app.ini  | a.b | '[x]\nb=db.corp.example'             | KeyMissing",
        "app.json | a.b | {\"a\": \"db.corp.example\"}         | KeyMissing",
        "app.json | a.b | {\"a\": {\"b\": 1}}                  | KeyMissing",
        "app.json | a.b | '{\"a\":\n\"b\",}'                   | FileUnreadable",
        "app.json | a   | {\"a\": \"db.corp.example\"} x       | FileUnreadable",
        "app.json | a   | {\"a\": \"db.corp.example            | FileUnreadable",
        "app.json | a   | {\"a\": tru}                         | FileUnreadable",
        "app.json | a   | ''                                   | FileUnreadable",
        "app.yaml | a   | a: db.corp.example                   | FormatUnknown",
      })
  void problemsAreErrors(String path, String key, String text, String reason) {
    var result = plan(path, key, text, DnsClient.tcp);

    assertThat(result.configMaps()).isEmpty();
    assertThat(result.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR))
        .satisfies(finding -> assertThat(finding.reason()).isEqualTo(reason))
        .satisfies(
            finding ->
                assertThat(finding.message()).startsWith("spec.dns.endpoints[0] (file config/"));
    assertThat(Objects.requireNonNull(result.status().endpoints()).getFirst().reason())
        .isEqualTo(reason);
  }

  @Test
  void unreadableJsonNamesTheLine() {
    assertThat(
            plan("app.json", "a.b", "{\"a\":\n\"b\",}", DnsClient.tcp)
                .findings()
                .getFirst()
                .message())
        .contains("line 2: a name in double quotes is missing");
    assertThatThrownBy(() -> JsonFile.find("[".repeat(100_000), "a"))
        .isInstanceOf(JsonFile.SyntaxException.class)
        .hasMessageContaining("nested deeper");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".env    | H   | 'H=db.corp.example\nURL=https://${H}/x\n'",
        ".env    | H   | 'H=db.corp.example\nURL=\"http://$H:80\"\n'",
        "app.ini | H   | 'H=db.corp.example\nURL=\"http://${H}\"\n'",
      })
  void aKeyThatTheFileTakesIntoAUrlIsLeft(String path, String key, String text) {
    var result = plan(path, key, text, DnsClient.tcp);

    assertThat(result.configMaps()).isEmpty();
    assertThat(Objects.requireNonNull(result.status().endpoints()).getFirst().reason())
        .isEqualTo("UrlValue");
  }
}
