package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec;
import dev.monolift.api.v1alpha1.DrainSpec.Program;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the drain program gets into a container. */
public final class DrainRole {
  private DrainRole() {}

  /**
   * Resolves Auto.
   *
   * @param spec the user's settings; null means the defaults
   * @param container the program's container
   * @return Wrap, Hook or None
   */
  public static Program of(@Nullable DrainSpec spec, Container container) {
    Program asked = spec == null || spec.program() == null ? Program.Auto : spec.program();
    if (asked != Program.Auto) {
      return asked;
    }
    if (hasCommand(container)) {
      return Program.Wrap;
    }
    return canFollow(preStop(container).orElse(null)) ? Program.Hook : Program.None;
  }

  /** Whether the container says what it runs, instead of leaving that to its image. */
  static boolean hasCommand(Container container) {
    return container.getCommand() != null && !container.getCommand().isEmpty();
  }

  /** The user's own preStop. */
  static Optional<LifecycleHandler> preStop(Container container) {
    return Optional.ofNullable(container.getLifecycle()).map(lifecycle -> lifecycle.getPreStop());
  }

  /** Whether a shell script can do what this preStop does: requests over a network it cannot. */
  static boolean canFollow(@Nullable LifecycleHandler preStop) {
    return preStop == null || (preStop.getHttpGet() == null && preStop.getTcpSocket() == null);
  }
}
