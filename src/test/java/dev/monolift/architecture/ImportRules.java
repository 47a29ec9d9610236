package dev.monolift.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who may import whom, and who may do what: the folder alone tells whether a file does I/O. */
final class ImportRules {
  private static final String[] MODEL = {
    "io.fabric8.kubernetes.api.model..",
    "io.fabric8.kubernetes.api.builder..",
    "io.fabric8.kubernetes.model..",
    "com.fasterxml.jackson..",
    "org.jspecify.."
  };

  private static final String[] JDK_WITHOUT_IO = {
    "java.lang..",
    "java.util",
    "java.util.function..",
    "java.util.stream..",
    "java.util.regex..",
    "java.util.zip..",
    "java.time..",
    "java.math..",
    "java.text..",
    "java.nio.charset..",
    "java.security.."
  };

  /** The base class of typed resources lives beside the client, and the JDK's exceptions in io. */
  private static final DescribedPredicate<JavaClass> HARMLESS =
      HasName.Predicates.nameMatching(
              "io[.]fabric8[.]kubernetes[.]client[.]CustomResource|java[.]io[.](.*Exception|Serializable)"
                  // arrays of primitive types have no package
                  + "|[a-z]+(\\[\\])*")
          .forSubtype();

  private ImportRules() {}

  /** The rules by the sentence that each of them holds. */
  static Map<String, ArchRule> of(House house) {
    var rules = new LinkedHashMap<String, ArchRule>();
    rules.put("the API knows the model and annotations only", api(house));
    rules.put("pure code knows the API, the plan and the model only", pure(house));
    rules.put("pure code neither waits nor asks the machine", pureAndAlone(house));
    rules.put("observers read through ClusterReader only", observers(house));
    rules.put("what is shared knows no kind", shared(house));
    House.KINDS.forEach(kind -> rules.put(kind + " knows no other kind", oneKind(house, kind)));
    rules.put("nobody imports OperatorMain", compositionRoot(house));
    rules.put("only kube writes to the cluster", writes(house));
    rules.put("time is a parameter", time(house));
    rules.put("only the composition root and commands read the environment", environment(house));
    return rules;
  }

  private static ArchRule api(House house) {
    return classes()
        .that()
        .resideInAPackage(house.in("api"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    with(
                        MODEL,
                        "java..",
                        house.in("api"),
                        "io.fabric8.generator.annotation..",
                        "io.fabric8.crd.generator.annotation.."))
                .or(HARMLESS))
        .allowEmptyShould(true);
  }

  private static ArchRule pure(House house) {
    return house
        .pureClasses()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(with(MODEL, JDK_WITHOUT_IO))
                .or(resideInAnyPackage(house.pureAndKinds()))
                .or(HARMLESS))
        .allowEmptyShould(true);
  }

  private static ArchRule pureAndAlone(House house) {
    return house
        .pureClasses()
        .should(never(accessTargetWhere(Access.askTheMachine().or(Access.readTheClock()))))
        .andShould(
            never(
                dependOnClassesThat(
                    HasName.Predicates.nameMatching(
                        "java[.]lang[.](Thread.*|Process.*|Runtime)|java[.]time[.]Clock|java[.]time[.]InstantSource"))))
        .allowEmptyShould(true);
  }

  private static ArchRule observers(House house) {
    return classes()
        .that()
        .haveSimpleNameEndingWith("Observer")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(with(MODEL, "java.."))
                .or(resideInAnyPackage(house.pureAndKinds()))
                .or(HasName.Predicates.name(house.root() + ".kube.ClusterReader").forSubtype())
                .or(HARMLESS))
        .allowEmptyShould(true);
  }

  private static ArchRule shared(House house) {
    return noClasses()
        .that()
        .resideInAnyPackage(house.shared())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(house.kinds())
        .allowEmptyShould(true);
  }

  private static ArchRule oneKind(House house, String kind) {
    return noClasses()
        .that()
        .resideInAPackage(house.in(kind))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Arrays.stream(house.kinds())
                .filter(other -> !other.equals(house.in(kind)))
                .toArray(String[]::new))
        .allowEmptyShould(true);
  }

  private static ArchRule compositionRoot(House house) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(house.root())
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.belongTo(HasName.Predicates.name(house.root() + ".OperatorMain")));
  }

  private static ArchRule writes(House house) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(house.in("kube"))
        .should()
        .accessTargetWhere(Access.writes());
  }

  private static ArchRule time(House house) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(house.root())
        .should()
        .accessTargetWhere(Access.readTheClock());
  }

  private static ArchRule environment(House house) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(house.root(), house.in("cli"))
        .should()
        .accessTargetWhere(Access.readTheEnvironment());
  }

  private static String[] with(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
