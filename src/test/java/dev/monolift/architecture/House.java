package dev.monolift.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;
import java.util.stream.Stream;

/**
 * The packages of the house, by what they may do.
 *
 * @param root the package that everything is in
 */
record House(String root) {
  /** One package per custom resource; the rules are there before the packages. */
  static final List<String> KINDS = List.of("monolithworker", "monolithapi", "legacycronjob");

  /** Engines and vocabulary without any I/O. */
  private static final List<String> PURE =
      List.of("plan", "dns", "drain", "restart", "shell", "fields");

  /** The package and everything below it. */
  String in(String name) {
    return root + "." + name + "..";
  }

  String[] kinds() {
    return KINDS.stream().map(this::in).toArray(String[]::new);
  }

  /** Everything of the house that is no kind and does not put the kinds together. */
  String[] shared() {
    return Stream.of(
            "api",
            "plan",
            "dns",
            "drain",
            "restart",
            "shell",
            "fields",
            "kube",
            "metrics",
            "management")
        .map(this::in)
        .toArray(String[]::new);
  }

  /** Packages whose names pure code may mention. */
  String[] pureAndKinds() {
    return Stream.concat(Stream.of("api"), Stream.concat(PURE.stream(), KINDS.stream()))
        .map(this::in)
        .toArray(String[]::new);
  }

  /**
   * Pure are the engines, and of a kind everything but its two ends: the observer that reads and
   * the reconciler that ties it to the framework (with its raw resource).
   */
  GivenClassesConjunction pureClasses() {
    return ArchRuleDefinition.classes()
        .that(
            JavaClass.Predicates.resideInAnyPackage(
                    PURE.stream().map(this::in).toArray(String[]::new))
                .or(
                    JavaClass.Predicates.resideInAnyPackage(kinds())
                        .and(DescribedPredicate.not(endOfAKind())))
                .as("pure code"));
  }

  private static DescribedPredicate<JavaClass> endOfAKind() {
    return JavaClass.Predicates.belongTo(
        HasName.Predicates.nameMatching(".*(Observer|Reconciler|[.]Raw[^.]*)"));
  }
}
