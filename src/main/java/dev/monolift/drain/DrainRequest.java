package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainProgramStatus;
import dev.monolift.api.v1alpha1.DrainSpec;
import dev.monolift.api.v1alpha1.InPlaceRestart;
import dev.monolift.api.v1alpha1.LogsSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the engine needs to know of a resource.
 *
 * @param owner name of the resource; the name of the ConfigMap starts with it
 * @param template the pods without the drain program; it is not changed
 * @param container name of the program's container; it exists in the template
 * @param settings what the user says
 * @param before the program that the pods have; null when they have none or nobody knows
 * @param configMaps names of the resource's own ConfigMaps that exist
 * @param restartedAt the last restart of the pods, as their template has it; null when they were
 *     never restarted. A restart replaces them anyway, so it takes up what waits for that
 */
public record DrainRequest(
    String owner,
    PodTemplateSpec template,
    String container,
    Settings settings,
    @Nullable DrainProgramStatus before,
    Set<String> configMaps,
    @Nullable String restartedAt) {

  /** Copies the set. */
  public DrainRequest {
    configMaps = Set.copyOf(configMaps);
  }

  /**
   * What is known of a resource whose pods were never restarted.
   *
   * @param owner name of the resource
   * @param template the pods without the drain program
   * @param container name of the program's container
   * @param settings what the user says
   * @param before the program that the pods have; null when they have none or nobody knows
   * @param configMaps names of the resource's own ConfigMaps that exist
   */
  public DrainRequest(
      String owner,
      PodTemplateSpec template,
      String container,
      Settings settings,
      @Nullable DrainProgramStatus before,
      Set<String> configMaps) {
    this(owner, template, container, settings, before, configMaps, null);
  }

  /**
   * What the user says.
   *
   * @param drain how pods end; null means the defaults
   * @param restart when a program that is started again in place counts as failed; null means that
   *     none is started again in place
   * @param logs log files of the program; null means none
   */
  public record Settings(
      @Nullable DrainSpec drain, @Nullable InPlaceRestart restart, @Nullable LogsSpec logs) {

    /** The user's globs, in the user's order. */
    List<String> files() {
      return logs == null || logs.files() == null ? List.of() : logs.files();
    }

    /** The signal on which the program ends after its job. */
    DrainSpec.Signal signal() {
      return drain == null || drain.signal() == null ? DrainSpec.Signal.TERM : drain.signal();
    }
  }
}
