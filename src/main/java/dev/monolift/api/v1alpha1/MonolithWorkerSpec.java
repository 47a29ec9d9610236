package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants of a worker.
 *
 * @param replicas number of pods; the API server defaults it to 1, zero stops the worker
 * @param template the pods, as in a Deployment
 * @param container name of the container that runs the PHP program; null means the first one
 * @param deploymentName name of the Deployment; null means the resource's own name
 * @param strategy how a rollout replaces pods, as in a Deployment; null means the API server's
 *     default
 * @param minReadySeconds seconds that a new pod must be ready before it counts as available
 * @param progressDeadlineSeconds seconds after which a rollout without progress is reported as
 *     failed
 * @param revisionHistoryLimit number of old ReplicaSets kept for a rollback
 * @param adopt what to do with a Deployment of this name that belongs to somebody else; null means
 *     Never
 * @param deletionPolicy what becomes of the Deployment when the resource is deleted; null means
 *     Delete
 * @param dns name resolution settings; null means the defaults
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MonolithWorkerSpec(
    @JsonPropertyDescription(
            "Number of pods. Zero stops the worker. `kubectl scale` and a HorizontalPodAutoscaler change this field.")
        @SpecReplicas
        @Min(0)
        @Default("1")
        @Nullable Integer replicas,
    @JsonPropertyDescription("The pods, an ordinary core/v1 PodTemplateSpec as in a Deployment.")
        @Required
        PodTemplateSpec template,
    @JsonPropertyDescription(
            "Name of the container that runs the PHP program. Default: the first container of the template.")
        @Nullable String container,
    @JsonPropertyDescription(
            "Name of the Deployment. Default: the name of this resource. Cannot be changed afterwards.")
        @Nullable String deploymentName,
    @JsonPropertyDescription("How a rollout replaces pods, as in a Deployment.")
        @Nullable DeploymentStrategy strategy,
    @JsonPropertyDescription(
            "Seconds that a new pod must be ready before it counts as available. Default 0.")
        @Min(0)
        @Nullable Integer minReadySeconds,
    @JsonPropertyDescription(
            "Seconds after which a rollout without progress is reported as failed. Default 600.")
        @Min(1)
        @Nullable Integer progressDeadlineSeconds,
    @JsonPropertyDescription("Number of old ReplicaSets that are kept for a rollback. Default 10.")
        @Min(0)
        @Nullable Integer revisionHistoryLimit,
    @JsonPropertyDescription(
            "What to do with a Deployment of this name that Monolift did not create. Never (default): leave it alone and say so. DryRun: leave it alone and show in a condition what would change. Take: take it over, keeping its selector.")
        @Nullable Adopt adopt,
    @JsonPropertyDescription(
            "What becomes of the Deployment and its pods when this resource is deleted. Delete (default): they are deleted too. Orphan: they run on, without an owner.")
        @Nullable DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "How the pods resolve host names: fewer DNS queries for the same answers.")
        @Nullable DnsSpec dns) {

  /** What to do with a Deployment of the wanted name that belongs to somebody else. */
  public enum Adopt {
    /** Leave it alone and report it. */
    Never,
    /** Leave it alone and show what would change. */
    DryRun,
    /** Take it over, keeping its selector. */
    Take
  }

  /** What becomes of the Deployment when the resource is deleted. */
  public enum DeletionPolicy {
    /** Children are garbage collected with the resource. */
    Delete,
    /** Children have no owner reference and stay. */
    Orphan
  }
}
