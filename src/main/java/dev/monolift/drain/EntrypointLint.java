package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec;
import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.api.v1alpha1.DrainSpec.Signal;
import dev.monolift.drain.EntrypointShape.Stop;
import dev.monolift.drain.EntrypointVerdict.Severity;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says from a manifest alone, before anything runs, how the stop of a container will go. */
public final class EntrypointLint {
  private static final long DEFAULT_GRACE = 30;

  private EntrypointLint() {}

  /**
   * Looks at one container.
   *
   * @param template its pod template
   * @param container its name; null means the first one
   * @param drain the user's settings; null means the defaults
   * @param configMaps ConfigMaps of the namespace: scripts that the container mounts are read from
   *     them; other files are not visible
   * @return the verdict
   * @throws IllegalArgumentException when there is no such container
   */
  public static EntrypointVerdict of(
      PodTemplateSpec template,
      @Nullable String container,
      @Nullable DrainSpec drain,
      List<ConfigMap> configMaps) {
    PodSpec pod = template.getSpec();
    Container program =
        pod.getContainers().stream()
            .filter(each -> container == null || container.equals(each.getName()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no container " + container));
    ImageFacts image = ImageFacts.of(program.getImage());
    Signal wanted = drain == null || drain.signal() == null ? Signal.TERM : drain.signal();
    Signal stopSignal = stopSignal(program, image);
    Seen seen = seen(program, image, VisibleFiles.of(pod, program, configMaps));
    EntrypointShape shape = withSignal(seen.shape(), stopSignal, wanted);
    long grace = Objects.requireNonNullElse(pod.getTerminationGracePeriodSeconds(), DEFAULT_GRACE);
    boolean first = !Boolean.TRUE.equals(pod.getShareProcessNamespace());
    var texts = new EntrypointTexts(seen.what(), stopSignal, wanted, grace, first);
    return verdict(shape, texts, program, DrainRole.of(drain, program));
  }

  private static Seen seen(Container container, ImageFacts image, VisibleFiles files) {
    List<String> argv = new ArrayList<>(Argv.of(container.getCommand(), container));
    boolean command = !argv.isEmpty();
    argv.addAll(Argv.of(container.getArgs(), container));
    var reader = new EntrypointReader(image, files, 0);
    // The official image's entrypoint becomes its arguments, unless they are options of php.
    boolean known = image.officialPhp() && !argv.isEmpty() && !argv.getFirst().startsWith("-");
    return command || known
        ? reader.read(argv)
        : new Seen(EntrypointShape.ImageEntrypoint, "the image's entrypoint");
  }

  private static EntrypointVerdict verdict(
      EntrypointShape shape, EntrypointTexts texts, Container container, Program role) {
    if (role == Program.Wrap && !DrainRole.hasCommand(container)) {
      return new EntrypointVerdict(
          shape,
          shape.stop(),
          role,
          Severity.Problem,
          texts.without(shape),
          "drain.program is Wrap, but the container has no command that could be wrapped.",
          "Write the image's entrypoint as command, or leave drain.program out.");
    }
    boolean own = role == Program.None && shape.stop() == Stop.Breaks && stopsItself(container);
    return new EntrypointVerdict(
        shape,
        own ? Stop.Depends : shape.stop(),
        role,
        own ? Severity.Info : severity(shape, role),
        texts.without(shape)
            + (own ? " Its preStop hook may stop it before; that is not checked here." : ""),
        texts.with(shape, role == Program.None ? DrainRole.of(null, container) : role),
        shape == EntrypointShape.ShellLoop && role == Program.Hook
            ? "Set drain.program: Wrap, with the command in the manifest; or take the loop away."
            : texts.advice(shape));
  }

  private static Severity severity(EntrypointShape shape, Program role) {
    if (shape.stop() != Stop.Breaks) {
      return Severity.Info;
    }
    boolean handled =
        switch (shape) {
          case NoHandler, HandlerNotRun -> false;
          case ShellLoop -> role == Program.Wrap;
          default -> role != Program.None;
        };
    return handled ? Severity.Handled : Severity.Problem;
  }

  private static Signal stopSignal(Container container, ImageFacts image) {
    String set = container.getLifecycle() == null ? null : container.getLifecycle().getStopSignal();
    if (set != null) {
      String name = set.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
      for (Signal signal : Signal.values()) {
        if (signal.name().equals(name)) {
          return signal;
        }
      }
    }
    return image.stopSignal() == null ? Signal.TERM : image.stopSignal();
  }

  /** A signal that the program does not know spoils what would have come through. */
  private static EntrypointShape withSignal(EntrypointShape shape, Signal stop, Signal wanted) {
    if (stop == wanted) {
      return shape;
    }
    return switch (shape) {
      case DirectPhp,
          PhpWithHandler,
          ShellExec,
          ShellLastCommand,
          ShellMayFork,
          ScriptNotVisible,
          InitBeforeScript ->
          EntrypointShape.ForeignStopSignal;
      default -> shape;
    };
  }

  /** Whether the container's own preStop hook looks as if it asked the program to end. */
  private static boolean stopsItself(Container container) {
    var lifecycle = container.getLifecycle();
    if (lifecycle == null
        || lifecycle.getPreStop() == null
        || lifecycle.getPreStop().getExec() == null) {
      return false;
    }
    List<String> command = lifecycle.getPreStop().getExec().getCommand();
    return command != null
        && command.stream()
            .anyMatch(
                word ->
                    word.matches(
                        "(?s).*\\b(kill|pkill|killall|supervisorctl|.*:stop.*|.*:restart)\\b.*"));
  }
}
