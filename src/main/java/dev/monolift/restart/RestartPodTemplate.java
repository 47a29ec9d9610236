package dev.monolift.restart;

import dev.monolift.api.v1alpha1.RestartPod;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pod that asks for a restart. It meets the Pod Security Standard "restricted".
 *
 * @param request what it is made from
 */
record RestartPodTemplate(RestartRequest request) {
  private static final RestartPod DEFAULTS =
      new RestartPod(null, null, null, null, null, null, null, null);

  /** Name of the container. */
  static final String CONTAINER = "restart";

  private static final String TMP = "tmp";

  PodTemplateSpec template() {
    var labels = new LinkedHashMap<>(orEmpty(pod().labels()));
    labels.putAll(labels());
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels)
        .withAnnotations(orEmpty(pod().annotations()))
        .endMetadata()
        .withSpec(spec())
        .build();
  }

  /**
   * Labels by which people find Jobs and pods. Not the worker's own label: what has that counts as
   * a consumer of its queue.
   */
  Map<String, String> labels() {
    return new TreeMap<>(
        Map.of(
            Labels.MANAGED_BY, Labels.MONOLIFT, RestartNames.RESTART_OF_LABEL, request.worker()));
  }

  private RestartPod pod() {
    return Objects.requireNonNullElse(request.spec().pod(), DEFAULTS);
  }

  private PodSpec spec() {
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withServiceAccountName(RestartNames.account(request.worker()))
        .withAutomountServiceAccountToken(true)
        .withEnableServiceLinks(false)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withImagePullSecrets(orEmpty(pod().imagePullSecrets()))
        .withNodeSelector(orEmpty(pod().nodeSelector()))
        .withTolerations(orEmpty(pod().tolerations()))
        .withPriorityClassName(pod().priorityClassName())
        .withContainers(container())
        // the JVM writes small files there
        .addNewVolume()
        .withName(TMP)
        .withNewEmptyDir()
        .withSizeLimit(new Quantity("16Mi"))
        .endEmptyDir()
        .endVolume()
        .build();
  }

  private Container container() {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(Objects.requireNonNullElse(pod().image(), request.image()))
        .withArgs(arguments())
        .withEnv(
            label("MONOLIFT_JOB", "batch.kubernetes.io/job-name"),
            label("MONOLIFT_JOB_UID", "batch.kubernetes.io/controller-uid"))
        .withResources(Objects.requireNonNullElseGet(pod().resources(), this::resources))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .addNewVolumeMount()
        .withName(TMP)
        .withMountPath("/tmp")
        .endVolumeMount()
        .build();
  }

  /** For the image's own entrypoint, which is {@code monolift}. */
  private List<String> arguments() {
    var settings = request.settings();
    return List.of(
        "restart",
        "run",
        "--namespace",
        request.namespace(),
        "--worker",
        request.worker(),
        "--deployment",
        request.deployment(),
        "--group",
        settings.group(),
        "--max-concurrent",
        Integer.toString(settings.maxConcurrent()),
        "--min-age",
        seconds(settings.minAge()),
        "--timeout",
        seconds(settings.timeout()));
  }

  private static String seconds(Duration time) {
    return Long.toString(time.toSeconds());
  }

  private static EnvVar label(String variable, String label) {
    return new EnvVarBuilder()
        .withName(variable)
        .withNewValueFrom()
        .withNewFieldRef()
        .withApiVersion("v1")
        .withFieldPath("metadata.labels['" + label + "']")
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  private ResourceRequirements resources() {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("20m"))
        .addToRequests("memory", new Quantity("128Mi"))
        .addToLimits("memory", new Quantity("192Mi"))
        .build();
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return Objects.requireNonNullElse(list, List.of());
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }
}
