package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.drain.DrainRequest.Settings;
import dev.monolift.plan.FreePlace;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes the drain program into a pod. */
final class DrainInjection {
  private static final String VOLUME = "monolift-drain";
  private static final String LOGS_VOLUME = "monolift-logs";
  private static final String TERMINATION_LOG = "/dev/termination-log";
  private static final int READ_ONLY_FILE = 0444;

  private final Settings settings;
  private final DrainBudget budget;
  private final PodSpec pod;
  private final Container container;

  /**
   * An injection.
   *
   * @param settings what the user says
   * @param budget the time that the pod has
   * @param pod the pod; it is changed
   * @param container its program container; it is changed
   */
  DrainInjection(Settings settings, DrainBudget budget, PodSpec pod, Container container) {
    this.settings = settings;
    this.budget = budget;
    this.pod = pod;
    this.container = container;
  }

  /**
   * Adds the program.
   *
   * @param role Wrap or Hook
   * @param configMap name of the ConfigMap with the script
   */
  void add(Program role, String configMap) {
    String folder = FreePlace.folder(container, "drain");
    mount(
        new VolumeBuilder()
            .withName(FreePlace.volume(pod, VOLUME))
            .withNewConfigMap()
            .withName(configMap)
            .withDefaultMode(READ_ONLY_FILE)
            .endConfigMap()
            .build(),
        folder,
        true);
    String script = folder + "/" + DrainProgram.FILE;
    if (role == Program.Wrap) {
      wrap(script);
      logFolders();
    } else {
      hook(script);
    }
  }

  private void wrap(String script) {
    var command = new ArrayList<>(List.of("/bin/sh", script, "wrap"));
    command.addAll(flags());
    var restart = settings.restart();
    if (restart != null) {
      flag(command, "--on-exit", "RestartInPlace");
      flag(command, "--start-seconds", Objects.requireNonNullElse(restart.startSeconds(), 1));
      flag(command, "--start-retries", Objects.requireNonNullElse(restart.startRetries(), 3));
    }
    settings.files().forEach(glob -> flag(command, "--log", glob));
    command.add("--");
    command.addAll(container.getCommand());
    container.setCommand(command);
  }

  /** A user's preStop runs first; a handler can only be one, so it moves into ours. */
  private void hook(String script) {
    var command = new ArrayList<>(List.of("/bin/sh", script, "hook"));
    command.addAll(flags());
    command.add("--");
    DrainRole.preStop(container)
        .map(handler -> handler.getExec())
        .ifPresent(exec -> command.addAll(exec.getCommand()));
    container.setLifecycle(
        new LifecycleBuilder(container.getLifecycle())
            .withNewPreStop()
            .withNewExec()
            .withCommand(command)
            .endExec()
            .endPreStop()
            .build());
  }

  private List<String> flags() {
    var flags = new ArrayList<String>();
    flag(flags, "--signal", settings.signal());
    flag(flags, "--grace", budget.effective());
    flag(
        flags,
        "--report",
        Objects.requireNonNullElse(container.getTerminationMessagePath(), TERMINATION_LOG));
    var drain = settings.drain();
    if (drain != null && drain.busyFile() != null) {
      flag(flags, "--busy-file", drain.busyFile());
    }
    if (budget.preStop() > 0) {
      // a Hook sleeps it itself; a Wrap hears of the end only when it is over
      flag(flags, "--pre-stop-sleep", budget.preStop());
    }
    return flags;
  }

  /** Kubernetes replaces {@code $(NAME)} in a command; a doubled dollar stays one. */
  private static void flag(List<String> command, String name, Object value) {
    command.add(name);
    command.add(value.toString().replace("$(", "$$("));
  }

  /** Old programs write beside their code, which is read-only here. */
  private void logFolders() {
    var security = container.getSecurityContext();
    if (security == null || !Boolean.TRUE.equals(security.getReadOnlyRootFilesystem())) {
      return;
    }
    settings.files().stream()
        .map(DrainInjection::folder)
        .distinct()
        .sorted()
        .filter(folder -> !isMounted(folder))
        .forEach(this::mountEmptyDir);
  }

  private void mountEmptyDir(String folder) {
    mount(
        new VolumeBuilder()
            .withName(FreePlace.volume(pod, LOGS_VOLUME))
            .withNewEmptyDir()
            .endEmptyDir()
            .build(),
        folder,
        false);
  }

  /** The folder of a glob, down to its first pattern. */
  private static String folder(String glob) {
    String literal = glob.split("[*?\\[]", 2)[0];
    return literal.substring(0, literal.lastIndexOf('/'));
  }

  private boolean isMounted(String folder) {
    return container.getVolumeMounts().stream()
        .map(mount -> mount.getMountPath().replaceFirst("/+$", "") + "/")
        .anyMatch(path -> (folder + "/").startsWith(path));
  }

  private void mount(Volume volume, String path, boolean readOnly) {
    var volumes = new ArrayList<>(pod.getVolumes());
    volumes.add(volume);
    pod.setVolumes(volumes);
    List<VolumeMount> mounts = new ArrayList<>(container.getVolumeMounts());
    mounts.add(
        new VolumeMountBuilder()
            .withName(volume.getName())
            .withMountPath(path)
            .withReadOnly(readOnly ? true : null)
            .build());
    container.setVolumeMounts(mounts);
  }
}
