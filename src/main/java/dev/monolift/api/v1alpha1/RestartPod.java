package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pod that asks for the restart.
 *
 * @param image its image; null means the operator's own
 * @param resources requests and limits; null means the defaults
 * @param imagePullSecrets secrets to pull the image with; null means none
 * @param nodeSelector labels of nodes that may run it; null means any
 * @param tolerations taints that it tolerates; null means none
 * @param priorityClassName its PriorityClass; null means the default
 * @param labels further labels, for example to opt out of a mesh sidecar; null means none
 * @param annotations further annotations; null means none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestartPod(
    @JsonPropertyDescription("Image of the pod. Default: the operator's own.") @Size(max = 512)
        @Nullable String image,
    @JsonPropertyDescription(
            "Requests and limits. Default: requests of 20m CPU and 128Mi memory, a limit of 192Mi memory.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription("Secrets to pull the image with.") @Size(max = 16)
        @Nullable List<LocalObjectReference> imagePullSecrets,
    @JsonPropertyDescription("Labels of the nodes that may run the pod.")
        @Nullable Map<String, String> nodeSelector,
    @JsonPropertyDescription("Taints that the pod tolerates.") @Size(max = 32)
        @Nullable List<Toleration> tolerations,
    @JsonPropertyDescription("PriorityClass of the pod.") @Size(max = 253)
        @Nullable String priorityClassName,
    @JsonPropertyDescription(
            "Further labels of the pod, for example sidecar.istio.io/inject: \"false\".")
        @Nullable Map<String, String> labels,
    @JsonPropertyDescription("Further annotations of the pod.")
        @Nullable Map<String, String> annotations) {}
