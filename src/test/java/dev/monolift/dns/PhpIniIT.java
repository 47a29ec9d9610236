package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import dev.monolift.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real PHP reads the generated php.ini part, and its own files as before. */
class PhpIniIT {
  private static final String READ =
      "echo ini_get('session.save_path'), \"\\0\", get_cfg_var('app.setting'), \"\\0\","
          + " php_ini_scanned_files();";
  private static final String CHARS = "ab.:/;,='\"\\ $#%&()[]{}|!~^?@+-<>`*\tä";

  @TempDir static Path folder;

  private static List<String> php(Map<String, String> env) throws Exception {
    var builder = new ProcessBuilder("php", "-r", READ);
    builder.environment().putAll(env);
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code of php (Debian: php-cli)").isZero();
    return List.of(out.split("\0", -1));
  }

  private static Path write(DnsResult result) throws IOException {
    Path mounted = Files.createDirectories(folder.resolve("mounted"));
    Files.writeString(mounted.resolve("zz-monolift.ini"), Requests.data(result, "zz-monolift.ini"));
    return mounted;
  }

  private static DnsResult plan(String savePath, String setting, Map<String, String> env) {
    return DnsEngine.plan(
        Requests.request(
            Requests.endpoints(
                Requests.phpIni(
                    "session.save_path", savePath, "redis.corp.example", DnsClient.redis),
                Requests.phpIni("app.setting", setting, "db.corp.example", DnsClient.mysql)),
            Requests.template(Requests.UNKNOWN_IMAGE, env)));
  }

  private static String scanDir(DnsResult result, Path mounted) {
    return Requests.env(result, "PHP_INI_SCAN_DIR")
        .replace("/monolift/php-ini", mounted.toString());
  }

  @Test
  void theDirectivesAreReadBesidesTheImagesOwnFiles() throws Exception {
    String own = php(Map.of()).get(2);
    assertThat(own).as("files of the machine's own scan directory").contains(".ini");

    var result =
        plan(
            "tcp://redis.corp.example:6379?auth=${SECRET}",
            "mysql:host=db.corp.example;x=1",
            Map.of());
    Path mounted = write(result);
    var seen = php(Map.of("PHP_INI_SCAN_DIR", scanDir(result, mounted), "SECRET", "s3"));

    assertThat(seen.get(0)).isEqualTo("tcp://redis.corp.example.:6379?auth=s3");
    assertThat(seen.get(1)).isEqualTo("mysql:host=db.corp.example.;x=1");
    assertThat(seen.get(2)).startsWith(own.strip()).contains("zz-monolift.ini");
  }

  @Test
  void aFolderOfTheUsersIsReadToo() throws Exception {
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    Files.writeString(theirs.resolve("a.ini"), "session.save_path=theirs\nmemory_limit=77M\n");
    var result =
        plan(
            "redis.corp.example", "db.corp.example", Map.of("PHP_INI_SCAN_DIR", theirs.toString()));

    var seen = php(Map.of("PHP_INI_SCAN_DIR", scanDir(result, write(result))));

    assertThat(seen.get(0)).isEqualTo("redis.corp.example.");
    assertThat(seen.get(2)).contains("a.ini").contains("zz-monolift.ini");
  }

  @Test
  void anEmptyScanPathStaysWithoutTheImagesOwnFiles() throws Exception {
    var result = plan("redis.corp.example", "db.corp.example", Map.of("PHP_INI_SCAN_DIR", ""));

    var seen = php(Map.of("PHP_INI_SCAN_DIR", scanDir(result, write(result))));

    assertThat(seen.get(2).strip().split(",", -1)).hasSize(1);
  }

  @Test
  void anyValueIsReadAsItWasWritten() throws Exception {
    long seed = 7;
    var random = new Random(seed);
    int count = Seeds.count(20);
    for (int i = 0; i < count; i++) {
      var value = new StringBuilder();
      for (int c = random.nextInt(20); c > 0; c--) {
        value.append(CHARS.charAt(random.nextInt(CHARS.length())));
      }
      // ${ stays what it is in php.ini: an environment variable
      String text = (value + " db.corp.example " + value.reverse()).replace("${", "$ {");
      var result = plan("redis.corp.example", text, Map.of());
      var seen = php(Map.of("PHP_INI_SCAN_DIR", scanDir(result, write(result))));

      assertThat(seen.get(1))
          .as("seed %d, value %d", seed, i)
          .isEqualTo(text.replace("db.corp.example", "db.corp.example."));
    }
    Proof.fact(
        Proof.Chapter.DNS,
        "PHP reads a php.ini value as the user gave it",
        count + " random values, seed " + seed);
  }
}
