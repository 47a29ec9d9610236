package dev.monolift.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** Calls and method references that a rule is about. */
final class Access {
  private static final Set<String> WRITES =
      Set.of(
          "create",
          "createOr",
          "createOrReplace",
          "update",
          "updateStatus",
          "patch",
          "patchStatus",
          "replace",
          "replaceStatus",
          "edit",
          "editStatus",
          "delete",
          "serverSideApply",
          "scale",
          "evict",
          "raw",
          "unlock");

  private static final Set<String> MACHINE = Set.of("getenv", "getProperty", "getProperties", "in");

  private Access() {}

  /**
   * Operations of the client that change the cluster, and results that make the framework do it.
   */
  static DescribedPredicate<JavaAccess<?>> writes() {
    return new DescribedPredicate<>("write to the cluster") {
      @Override
      public boolean test(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        boolean byClient = owner.startsWith("io.fabric8.kubernetes.client.");
        boolean byFramework =
            owner.startsWith("io.javaoperatorsdk.") && name.matches("(patch|update|serverSide).*");
        return (byClient && WRITES.contains(name)) || byFramework;
      }
    };
  }

  /** The time that is not given as an argument. */
  static DescribedPredicate<JavaAccess<?>> readTheClock() {
    return new DescribedPredicate<>("read the clock") {
      @Override
      public boolean test(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        if (owner.equals("java.lang.System")) {
          return name.equals("currentTimeMillis") || name.equals("nanoTime");
        }
        return owner.startsWith("java.time.")
            && (name.startsWith("system") || (name.equals("now") && !takesAClock(access)));
      }
    };
  }

  private static boolean takesAClock(JavaAccess<?> access) {
    return access.getTarget() instanceof AccessTarget.CodeUnitCallTarget call
        && call.getRawParameterTypes().stream()
            .map(JavaClass::getName)
            .anyMatch("java.time.Clock"::equals);
  }

  static DescribedPredicate<JavaAccess<?>> readTheEnvironment() {
    return systemCalls("read the environment", Set.of("getenv"));
  }

  static DescribedPredicate<JavaAccess<?>> askTheMachine() {
    return systemCalls("ask the machine", MACHINE);
  }

  private static DescribedPredicate<JavaAccess<?>> systemCalls(String what, Set<String> names) {
    return new DescribedPredicate<>(what) {
      @Override
      public boolean test(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("java.lang.System")
            && names.contains(access.getTarget().getName());
      }
    };
  }
}
