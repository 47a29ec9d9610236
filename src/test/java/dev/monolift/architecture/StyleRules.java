package dev.monolift.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules about the shape of a class, wherever it is. */
final class StyleRules {
  private static final int CONSTRUCTOR_PARAMETERS = 6;

  private static final List<Class<?>> MUTABLE =
      List.of(AbstractCollection.class, AbstractMap.class, ThreadLocal.class, StringBuilder.class);

  private StyleRules() {}

  /** The rules by the sentence that each of them holds. */
  static Map<String, ArchRule> of(House house) {
    var rules = new LinkedHashMap<String, ArchRule>();
    rules.put(
        "a name says what a class is for",
        noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helpers?|Managers?|Handlers?)(\\$.*)?")
            .orShould()
            .haveSimpleNameStartingWith("Abstract"));
    rules.put("no static field changes", fields().that().areStatic().should(notChange()));
    rules.put("Optional is a return type", classes().should(returnOptionalOnly()));
    rules.put("nothing of ours is inherited", classes().should(inheritNothingOf(house)));
    rules.put(
        "a constructor has at most six parameters", classes().should(haveShortConstructors()));
    return rules;
  }

  private static ArchCondition<JavaField> notChange() {
    return condition(
        "be final and of a type that cannot change",
        field ->
            Stream.of(field)
                .filter(it -> !it.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(
                    it ->
                        !it.getModifiers().contains(JavaModifier.FINAL)
                            || isMutable(it.getRawType()))
                .map(it -> it.getFullName() + " can change"));
  }

  private static boolean isMutable(JavaClass type) {
    return type.isArray()
        || type.getPackageName().equals("java.util.concurrent.atomic")
        || MUTABLE.stream().anyMatch(type::isAssignableTo);
  }

  private static ArchCondition<JavaClass> returnOptionalOnly() {
    return condition(
        "use Optional as a return type only",
        type ->
            Stream.concat(
                type.getFields().stream()
                    .filter(field -> field.getRawType().isEquivalentTo(Optional.class))
                    .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                    .map(field -> field.getFullName() + " is an Optional"),
                type.getCodeUnits().stream()
                    .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                    .filter(StyleRules::takesOptional)
                    .map(unit -> unit.getFullName() + " takes an Optional")));
  }

  private static boolean takesOptional(JavaCodeUnit unit) {
    return unit.getRawParameterTypes().stream()
        .anyMatch(given -> given.isEquivalentTo(Optional.class));
  }

  private static ArchCondition<JavaClass> inheritNothingOf(House house) {
    return condition(
        "extend nothing but types of a framework",
        type ->
            type.getRawSuperclass().stream()
                .filter(parent -> parent.getPackageName().startsWith(house.root()))
                // a constant with a body extends its enum
                .filter(parent -> !parent.isEnum())
                .map(parent -> type.getName() + " extends " + parent.getName()));
  }

  /** Records are data: they have as many components as the data has. */
  private static ArchCondition<JavaClass> haveShortConstructors() {
    return condition(
        "have at most %d constructor parameters".formatted(CONSTRUCTOR_PARAMETERS),
        type ->
            type.getConstructors().stream()
                .filter(it -> !type.isRecord() && !type.isEnum() && !type.isAnonymousClass())
                .filter(it -> it.getRawParameterTypes().size() > CONSTRUCTOR_PARAMETERS)
                .map(it -> it.getFullName() + " has too many parameters"));
  }

  private static <T> ArchCondition<T> condition(
      String description, Function<T, Stream<String>> complaints) {
    return new ArchCondition<>(description) {
      @Override
      public void check(T item, ConditionEvents events) {
        complaints
            .apply(item)
            .forEach(complaint -> events.add(SimpleConditionEvent.violated(item, complaint)));
      }
    };
  }
}
