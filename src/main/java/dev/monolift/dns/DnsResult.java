package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;

/**
 * What the engine decided.
 *
 * @param template a copy of the user's template with the DNS settings written into it
 * @param configMaps ConfigMaps that the template uses now: name and data only; the caller adds
 *     namespace, labels and owner
 * @param status the decisions, for the resource's status
 * @param findings what a person should know, most severe first
 */
public record DnsResult(
    PodTemplateSpec template,
    List<ConfigMap> configMaps,
    DnsStatus status,
    List<Finding> findings) {

  /** Copies the lists. */
  public DnsResult {
    configMaps = List.copyOf(configMaps);
    findings = List.copyOf(findings);
  }

  /**
   * Something that a person should know.
   *
   * @param severity how bad it is
   * @param reason one CamelCase word
   * @param message a sentence: what, where, what to do
   */
  public record Finding(Severity severity, String reason, String message) {}

  /** How bad a finding is, most severe first. */
  public enum Severity {
    /** The settings cannot be carried out as they stand; nothing may be applied. */
    ERROR,
    /**
     * Carried out as the user forced it, but something may break; or held back to break nothing.
     */
    WARNING
  }
}
