package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator saw and did.
 *
 * @param observedGeneration generation of the spec that the rest of the status speaks of
 * @param deployment name of the Deployment; null while there is none of ours
 * @param replicas number of pods that exist
 * @param updatedReplicas number of pods of the newest template
 * @param readyReplicas number of ready pods
 * @param availableReplicas number of pods ready for at least minReadySeconds
 * @param selector label selector of the pods in its string form, for the scale subresource
 * @param replicasManagedBy who sets the Deployment's replicas instead of this resource; null means
 *     this resource does
 * @param dns what became of the DNS settings; null when there is nothing to say
 * @param drainProgram the drain program in the pods; null when they have none
 * @param pendingUpgrade revision of the drain program that the pods get with their next template
 *     change; null when they have the newest
 * @param drains how pods ended; null before the first pod ran
 * @param restart the restart once a day; null when there is none
 * @param conditions conditions by type, in a fixed order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What Monolift saw and did.")
public record MonolithWorkerStatus(
    @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Name of the Deployment.") @Nullable String deployment,
    @JsonPropertyDescription("Number of pods.") @StatusReplicas @Nullable Integer replicas,
    @JsonPropertyDescription("Number of pods of the newest template.")
        @Nullable Integer updatedReplicas,
    @JsonPropertyDescription("Number of ready pods.") @Nullable Integer readyReplicas,
    @JsonPropertyDescription("Number of pods that have been ready for at least minReadySeconds.")
        @Nullable Integer availableReplicas,
    @JsonPropertyDescription("Label selector of the pods, for the scale subresource.")
        @LabelSelector
        @Nullable String selector,
    @JsonPropertyDescription(
            "Who sets the Deployment's replicas instead of this resource, for example an autoscaler that targets the Deployment.")
        @Nullable ReplicasManagedBy replicasManagedBy,
    @JsonPropertyDescription("What became of the DNS settings.") @Nullable DnsStatus dns,
    @JsonPropertyDescription("The drain program in the pods.")
        @Nullable DrainProgramStatus drainProgram,
    @JsonPropertyDescription(
            "Revision of the drain program that the pods get with their next template change. A new operator version never restarts workers.")
        @Nullable String pendingUpgrade,
    @JsonPropertyDescription("How pods ended.") @Nullable DrainStatus drains,
    @JsonPropertyDescription("The restart once a day.") @Nullable RestartStatus restart,
    @JsonPropertyDescription("Conditions; Ready sums them up.")
        @Nullable List<Condition> conditions) {

  /**
   * Who sets the Deployment's replicas instead of this resource.
   *
   * @param manager field manager that owns the Deployment's replicas
   * @param specReplicas this resource's replicas when that was seen; a change of it takes the
   *     replicas back
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ReplicasManagedBy(
      @JsonPropertyDescription("Field manager that owns the Deployment's replicas.") String manager,
      @JsonPropertyDescription(
              "spec.replicas when that was seen. Changing spec.replicas takes them back.")
          int specReplicas) {}
}
