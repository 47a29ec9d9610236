package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainProgramStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engine decided.
 *
 * @param template a copy of the template with the drain program in it
 * @param configMap the ConfigMap to apply, name and data only; null when there is no program, and
 *     when the pods keep an earlier revision, whose ConfigMap is there
 * @param status the program in the pods; null when there is none
 * @param pendingUpgrade revision that the pods get with their next template change; null when they
 *     have the newest
 * @param problem what cannot be carried out; null when everything can
 * @param warnings what a person should know about the time that pods have to end
 */
public record DrainResult(
    PodTemplateSpec template,
    @Nullable ConfigMap configMap,
    @Nullable DrainProgramStatus status,
    @Nullable String pendingUpgrade,
    @Nullable Finding problem,
    List<Finding> warnings) {

  /** Copies the list. */
  public DrainResult {
    warnings = List.copyOf(warnings);
  }

  /**
   * Something that a person should know.
   *
   * @param reason one CamelCase word
   * @param message what, where, what to do
   */
  public record Finding(String reason, String message) {}
}
