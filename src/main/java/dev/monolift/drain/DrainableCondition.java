package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.drain.EntrypointShape.Stop;
import dev.monolift.drain.EntrypointVerdict.Severity;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Conditions.Status;
import io.fabric8.kubernetes.api.model.Condition;
import org.jspecify.annotations.Nullable;

/** The condition that says before the first stop whether a job can be lost by it. */
public final class DrainableCondition {
  /** Its type. */
  public static final String TYPE = "Drainable";

  private DrainableCondition() {}

  /**
   * Makes the condition.
   *
   * @param verdict what the lint says about the program's container
   * @param generation generation of the spec that was judged; null leaves it out
   * @return the condition; its message is at most some hundred characters long
   */
  public static Condition of(EntrypointVerdict verdict, @Nullable Long generation) {
    return Conditions.of(TYPE, status(verdict), reason(verdict), verdict.message(), generation);
  }

  private static Status status(EntrypointVerdict verdict) {
    if (verdict.severity() == Severity.Problem) {
      return Status.False;
    }
    return verdict.role() == Program.None && verdict.stop() == Stop.Depends
        ? Status.Unknown
        : Status.True;
  }

  private static String reason(EntrypointVerdict verdict) {
    if (verdict.role() == Program.None) {
      return verdict.stop() == Stop.Drains ? "SignalReachesProgram" : "NoDrainProgram";
    }
    if (verdict.severity() == Severity.Problem) {
      return switch (verdict.shape()) {
        case ShellLoop -> "LoopInHook";
        case NoHandler -> DrainReport.NO_HANDLER;
        case HandlerNotRun -> DrainReport.HANDLER_NOT_RUN;
        default -> "NothingToWrap";
      };
    }
    return verdict.role() == Program.Wrap ? "Wrapped" : "Hooked";
  }
}
