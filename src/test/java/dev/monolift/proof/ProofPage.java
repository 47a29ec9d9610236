package dev.monolift.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;

/**
 * Writes docs/proof.md from the facts of a proof run. Started by the build after the last test
 * passed.
 */
public final class ProofPage {
  private ProofPage() {}

  /**
   * Writes the page.
   *
   * @param args the page's path, then {@code name=value} for each version to name
   * @throws Exception when the facts cannot be read or git does not answer
   */
  public static void main(String[] args) throws Exception {
    var versions = new TreeMap<String, String>();
    for (String arg : List.of(args).subList(1, args.length)) {
      versions.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
    }
    versions.put("Java", Runtime.version().toString());
    versions.put("Kubernetes", pinned("kubernetes", "k8s.io/kubernetes"));
    versions.put("KWOK", pinned("kwok", "sigs.k8s.io/kwok"));
    versions.put("PHP", firstLine("php", "-r", "echo PHP_VERSION;"));
    var facts = facts();
    if (facts.stream().anyMatch(fact -> fact.chapter() == Proof.Chapter.NODE)) {
      versions.put("containerd", pinned("containerd", "github.com/containerd/containerd/v2"));
      versions.put("CoreDNS", pinned("coredns", "github.com/coredns/coredns"));
      versions.put("runc", firstLine("runc", "--version").replace("runc version ", ""));
      for (String name : List.of("mariadb-server-core", "redis-server")) {
        versions.put(name, inTestImages(name));
      }
    }
    var page = page(facts, versions, commit()) + suites();
    Files.writeString(Path.of(args[0]), page);
  }

  static String page(List<Proof.Fact> facts, Map<String, String> versions, String commit) {
    if (facts.isEmpty()) {
      throw new IllegalStateException("no test recorded a fact: run mvn clean verify -Pproof");
    }
    var out = new StringBuilder();
    out.append(
        "# Proof\n\nEvery line was measured by the test it names, in one run of `mvn clean verify -Pproof`.\n\n");
    out.append("- commit: ").append(commit).append('\n');
    versions.forEach(
        (name, version) -> out.append("- ").append(name).append(": ").append(version).append('\n'));
    for (var chapter : Proof.Chapter.values()) {
      var rows = facts.stream().filter(fact -> fact.chapter() == chapter).sorted(byTest()).toList();
      if (rows.isEmpty()) {
        continue;
      }
      out.append("\n## ")
          .append(chapter.title)
          .append("\n\n| promise | measured | test |\n|---|---|---|\n");
      rows.forEach(
          fact ->
              out.append(
                  "| %s | %s | `%s` |\n"
                      .formatted(cell(fact.promise()), cell(fact.figure()), fact.test())));
    }
    return out.toString();
  }

  /**
   * Every test class of the run with its number of cases, from the reports that the build keeps.
   */
  private static String suites() throws IOException, ParserConfigurationException, SAXException {
    var rows = new TreeMap<String, String>();
    int cases = 0;
    for (String reports : List.of("target/surefire-reports", "target/failsafe-reports")) {
      try (var files = Files.newDirectoryStream(Path.of(reports), "TEST-*.xml")) {
        for (Path file : files) {
          var suite =
              DocumentBuilderFactory.newDefaultInstance()
                  .newDocumentBuilder()
                  .parse(file.toFile())
                  .getDocumentElement();
          rows.put(
              suite.getAttribute("name"),
              "| `%s` | %s | %s |\n"
                  .formatted(
                      suite.getAttribute("name"),
                      suite.getAttribute("tests"),
                      suite.getAttribute("skipped")));
          cases += Integer.parseInt(suite.getAttribute("tests"));
        }
      }
    }
    return "\n## Every test\n\n%d cases in %d classes, all passed.\n\n| class | cases | skipped |\n|---|---|---|\n"
            .formatted(cases, rows.size())
        + String.join("", rows.values());
  }

  private static Comparator<Proof.Fact> byTest() {
    return Comparator.comparing(Proof.Fact::test).thenComparing(Proof.Fact::promise);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", "<br>");
  }

  private static List<Proof.Fact> facts() throws IOException {
    var json = new ObjectMapper();
    var facts = new ArrayList<Proof.Fact>();
    try (var files = Files.list(Proof.FOLDER)) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          facts.add(json.readValue(line, Proof.Fact.class));
        }
      }
    }
    return facts;
  }

  /**
   * The commit that was proven; a tree with other changes than the page itself is named as such.
   */
  private static String commit() throws IOException, InterruptedException {
    String changes = firstLine("git", "status", "--porcelain", "--", ".", ":!docs/proof.md");
    return firstLine("git", "rev-parse", "HEAD")
        + (changes.isEmpty() ? "" : " with uncommitted changes");
  }

  /** The version of a Debian package in the images that the real node runs. */
  private static String inTestImages(String name) throws IOException, InterruptedException {
    Path images = Path.of(firstLine("src/testcluster/images/build.sh", "database"));
    return Files.readAllLines(images.resolve("database.versions")).stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  /** The version of a module that the test control plane is built from. */
  private static String pinned(String folder, String module) throws IOException {
    return Files.readAllLines(Path.of("src", "testcluster", folder, "go.mod")).stream()
        .map(String::strip)
        .map(line -> line.startsWith("require ") ? line.substring("require ".length()) : line)
        .filter(line -> line.startsWith(module + " "))
        .map(line -> line.split(" ", -1)[1])
        .findFirst()
        .orElseThrow();
  }

  private static String firstLine(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return output.lines().findFirst().orElse("");
  }
}
