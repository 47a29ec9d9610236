package dev.monolift.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The house keeps its rules, and a house that breaks one of them is found out. */
final class ArchitectureTest {
  private static final int LONGEST_FILE = 300;

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  private static final String BROKEN = ArchitectureTest.class.getPackageName() + ".broken";
  private static final JavaClasses BROKEN_CLASSES = new ClassFileImporter().importPackages(BROKEN);

  private static Map<String, ArchRule> rules(String root) {
    var rules = new LinkedHashMap<>(ImportRules.of(new House(root)));
    rules.putAll(StyleRules.of(new House(root)));
    return rules;
  }

  static Stream<Arguments> rules() {
    return rules("dev.monolift").entrySet().stream()
        .map(rule -> arguments(rule.getKey(), rule.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void theHouseKeeps(String sentence, ArchRule rule) {
    rule.as(sentence).check(CLASSES);
  }

  /** The classes of {@code broken} that break each rule. */
  private static final Map<String, List<String>> BREAKERS =
      Map.ofEntries(
          Map.entry("the API knows the model and annotations only", List.of("ApiThatLogs")),
          Map.entry(
              "pure code knows the API, the plan and the model only",
              List.of("PlanWithAClient", "DnsWithASocket", "FirstPlanner")),
          Map.entry(
              "pure code neither waits nor asks the machine",
              List.of("PlanThatWaits", "SecondResources")),
          Map.entry("observers read through ClusterReader only", List.of("FirstObserver")),
          Map.entry("what is shared knows no kind", List.of("KubeWithAKind")),
          Map.entry("monolithworker knows no other kind", List.of("FirstPlanner")),
          Map.entry("monolithapi knows no other kind", List.of("SecondResources")),
          Map.entry("legacycronjob knows no other kind", List.of("ThirdReconciler")),
          Map.entry("nobody imports OperatorMain", List.of("KubeWithAKind")),
          Map.entry("only kube writes to the cluster", List.of("FirstObserver", "ThirdReconciler")),
          Map.entry(
              "time is a parameter",
              List.of("SecondResources", "MetricsWithAClock", "CommandWithAClock")),
          Map.entry(
              "only the composition root and commands read the environment",
              List.of("MetricsWithAClock")),
          Map.entry("a name says what a class is for", List.of("NameUtils", "AbstractName")),
          Map.entry("no static field changes", List.of("StaticState")),
          Map.entry("Optional is a return type", List.of("OptionalState")),
          Map.entry("nothing of ours is inherited", List.of("AbstractName")),
          Map.entry("a constructor has at most six parameters", List.of("SevenParameters")));

  static Stream<Arguments> brokenRules() {
    return rules(BROKEN).entrySet().stream().map(rule -> arguments(rule.getKey(), rule.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenRules")
  void aBrokenHouseIsFoundOut(String sentence, ArchRule rule) {
    assertThat(BREAKERS).as("add classes that break the rule").containsKey(sentence);
    String report = rule.evaluate(BROKEN_CLASSES).getFailureReport().toString();
    assertThat(BREAKERS.getOrDefault(sentence, List.of()))
        .allSatisfy(breaker -> assertThat(report).contains(breaker));
  }

  @Test
  void noFileIsTooLong() throws IOException {
    assertThat(longFiles(Path.of("src"))).isEmpty();
  }

  @Test
  void aLongFileIsFoundOut(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("Long.java"), "// line\n".repeat(LONGEST_FILE + 1));
    Files.writeString(folder.resolve("Short.java"), "// line\n".repeat(LONGEST_FILE));
    assertThat(longFiles(folder)).containsExactly(folder.resolve("Long.java"));
  }

  private static List<Path> longFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> lines(file) > LONGEST_FILE)
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
