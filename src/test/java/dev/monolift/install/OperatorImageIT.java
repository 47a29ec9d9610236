package dev.monolift.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.cli.Version;
import dev.monolift.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is in the image, what is not, and how a container runtime starts it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperatorImageIT {
  private static final int LARGEST_ARCHIVE = 100 << 20;

  private OperatorImage image;
  private List<String> files;
  private Path root;

  @BeforeAll
  void read(@TempDir Path folder) throws IOException {
    image = OperatorImage.read(Files.createDirectory(folder.resolve("archive")));
    files = image.files();
    root = Files.createDirectory(folder.resolve("root"));
    image.unpack(root);
  }

  private List<String> names() {
    return files.stream().map(line -> line.substring(line.lastIndexOf(' ') + 1)).toList();
  }

  @Test
  void itIsNamedByTheVersion() {
    assertThat(image.references()).containsExactly("monolift.dev/operator:" + Version.current());
    JsonNode labels = image.config().at("/config/Labels");
    String known = "org.opencontainers.image.";
    assertThat(labels.path(known + "version").asText()).isEqualTo(Version.current());
    assertThat(labels.path(known + "licenses").asText()).isEqualTo("Apache-2.0");
    assertThat(labels.path(known + "title").asText()).isNotEmpty();
    assertThat(labels.path(known + "source").asText()).isNotEmpty();
  }

  @Test
  void argumentsAreThoseOfTheCommandLine() {
    assertThat(image.run("Entrypoint"))
        .startsWith("java", "@/app/jvm.options")
        .endsWith("dev.monolift.OperatorMain");
    assertThat(image.run("Cmd")).isEmpty();
  }

  @Test
  void theUserIsANumberAndNotRoot() {
    assertThat(image.config().at("/config/User").asText()).isEqualTo("65532:65532");
  }

  @Test
  void thereIsOneProgramAndNoShell() {
    assertThat(files.stream().filter(line -> line.matches("-..x.*")))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .allMatch(
            name ->
                name.equals("/opt/java/bin/java")
                    || name.equals("/opt/java/lib/jspawnhelper")
                    || name.matches("/lib(64)?/ld-linux-.*"));
    assertThat(names()).contains("/opt/java/bin/java").noneMatch(n -> n.matches(".*/(ba|da)?sh"));
  }

  @Test
  void nobodyButRootMayChangeAFile() {
    assertThat(files).allMatch(line -> line.matches("[-d]rw[x-]r-[x-]r-[x-] 0/0 .*"));
  }

  @Test
  void whatTheCLibraryReadsIsThere() {
    assertThat(root.resolve("etc/passwd")).content().contains("monolift:x:65532:65532:");
    assertThat(root.resolve("etc/group")).content().contains("monolift:x:65532:");
    assertThat(root.resolve("etc/nsswitch.conf")).content().contains("hosts: files dns");
    assertThat(root.resolve("opt/java/lib/tzdb.dat")).isNotEmptyFile();
    assertThat(root.resolve("opt/java/lib/security/cacerts")).isNotEmptyFile();
    assertThat(names()).anyMatch(name -> name.endsWith("/libc.so.6"));
  }

  /** The same sources on the same machine give the same bytes. */
  @Test
  void noTimeOfTheBuildIsInIt() {
    assertThat(files).allMatch(line -> line.contains(" 1970-01-01 00:00:01 "));
    assertThat(image.config().get("created").asText()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void itIsSmall() throws IOException {
    long size = Files.size(OperatorImage.archive());
    assertThat(size).isLessThan(LARGEST_ARCHIVE);
    Proof.fact(
        Proof.Chapter.INSTALL,
        "The operator's image holds a Java runtime, the C library and the operator, and nothing else: no shell, no root.",
        "%d MiB to ship, %d files, 1 program".formatted(size >> 20, files.size()));
  }

  @Test
  void theVirtualMachineRunsAsInTheCheckout() throws IOException {
    assertThat(root.resolve("app/jvm.options"))
        .hasSameTextualContentAs(Path.of("operator/image/jvm.options"));
    assertThat(Path.of("monolift")).content().contains("@$root/operator/image/jvm.options");
  }
}
