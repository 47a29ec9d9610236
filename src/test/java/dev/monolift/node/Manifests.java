package dev.monolift.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/** How the workers of the tests are written down, for Monolift and for Kubernetes alone. */
final class Manifests {
  /** Where a container has its files. */
  static final String FOLDER = "/work";

  private static final int EXECUTABLE = 0555;

  private Manifests() {}

  /**
   * A MonolithWorker.
   *
   * @param worker which
   * @param replicas number of pods
   * @param settings further fields of its spec, as YAML in braces
   * @param template its pods
   */
  static String worker(Subject worker, int replicas, String settings, PodTemplateSpec template) {
    return """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: %s}
        spec: {replicas: %d, %s template: %s}
        """
        .formatted(
            worker.name(),
            replicas,
            settings.isEmpty() ? "" : settings + ",",
            Serialization.asJson(template));
  }

  /**
   * The same as a plain Deployment.
   *
   * @param deployment which
   * @param replicas number of pods
   * @param graceSeconds terminationGracePeriodSeconds
   * @param template its pods
   */
  static String deployment(
      Subject deployment, int replicas, long graceSeconds, PodTemplateSpec template) {
    var graceful =
        new PodTemplateSpecBuilder(template)
            .editSpec()
            .withTerminationGracePeriodSeconds(graceSeconds)
            .endSpec()
            .build();
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s}
        spec:
          replicas: %d
          selector: {matchLabels: {%s: %s}}
          template: %s
        """
        .formatted(
            deployment.name(),
            replicas,
            Subject.LABEL,
            deployment.name(),
            Serialization.asJson(graceful));
  }

  /**
   * Pods.
   *
   * @param subject whose
   * @param files name of the ConfigMap with the files
   * @param program the container, without name, files and queue
   */
  static PodTemplateSpec template(Subject subject, String files, Container program) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .addToLabels(Subject.LABEL, subject.name())
        .addToAnnotations(Subject.TEMPLATE, "0")
        .endMetadata()
        .withNewSpec()
        .withEnableServiceLinks(false)
        .withAutomountServiceAccountToken(false)
        .addNewContainerLike(program)
        .withName("work")
        .withImagePullPolicy("IfNotPresent")
        .addToEnv(new EnvVar("QUEUE", subject.name(), null))
        .addNewVolumeMount()
        .withName("files")
        .withMountPath(FOLDER)
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("files")
        .withNewConfigMap()
        .withName(files)
        .withDefaultMode(EXECUTABLE)
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }

  /**
   * The same pods with a folder in which the program may write; the files are copied there.
   *
   * @param template pods of {@link #template}
   */
  static PodTemplateSpec writable(PodTemplateSpec template) {
    String image = template.getSpec().getContainers().getFirst().getImage();
    return new PodTemplateSpecBuilder(template)
        .editSpec()
        .addNewInitContainer()
        .withName("files")
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withCommand("sh", "-c", "cp -L /files/* " + FOLDER)
        .addNewVolumeMount()
        .withName("files")
        .withMountPath("/files")
        .endVolumeMount()
        .addNewVolumeMount()
        .withName("folder")
        .withMountPath(FOLDER)
        .endVolumeMount()
        .endInitContainer()
        .editFirstContainer()
        .editFirstVolumeMount()
        .withName("folder")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("folder")
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .endSpec()
        .build();
  }
}
