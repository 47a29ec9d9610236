package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec;
import dev.monolift.api.v1alpha1.DrainSpec.Program;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.List;
import java.util.Map;

/**
 * A container and what the lint has to say about it.
 *
 * @param number 1 to 12 the broken shapes, 13 to 18 the good ones, of the design
 * @param image its image
 * @param command its command; empty means none
 * @param args its arguments
 * @param files files from a ConfigMap that is mounted at /app, by name
 * @param shape the shape that it has
 */
record EntrypointCase(
    int number,
    String image,
    List<String> command,
    List<String> args,
    Map<String, String> files,
    EntrypointShape shape) {
  static final String DEBIAN = "php:8.2-cli-bookworm";
  static final String ALPINE = "php:8.2-cli-alpine";
  static final String OWN = "registry.example/shop/monolith:2026.11.20";

  static EntrypointCase container(
      int number, EntrypointShape shape, String image, String... command) {
    return new EntrypointCase(number, image, List.of(command), List.of(), Map.of(), shape);
  }

  EntrypointCase with(String file, String text) {
    return new EntrypointCase(number, image, command, args, Map.of(file, text), shape);
  }

  /** The same container with the words after the first few as args. */
  EntrypointCase split(int first) {
    return new EntrypointCase(
        number,
        image,
        command.subList(0, first),
        command.subList(first, command.size()),
        files,
        shape);
  }

  boolean isGood() {
    return number > 12;
  }

  PodTemplateSpec template() {
    return new PodTemplateSpecBuilder()
        .withNewSpec()
        .addNewContainer()
        .withName("worker")
        .withImage(image)
        .withCommand(command)
        .withArgs(args)
        .addNewEnv()
        .withName("WORKER")
        .withValue("worker.php")
        .endEnv()
        .addNewVolumeMount()
        .withName("app")
        .withMountPath("/app")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("app")
        .withNewConfigMap()
        .withName("app")
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }

  List<ConfigMap> configMaps() {
    return files.isEmpty()
        ? List.of()
        : List.of(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("app")
                .endMetadata()
                .withData(files)
                .build());
  }

  EntrypointVerdict verdict(Program role) {
    var drain = new DrainSpec(role, null, null, null, null, null);
    return EntrypointLint.of(template(), null, drain, configMaps());
  }

  @Override
  public String toString() {
    return number + " " + shape + ": " + image + " " + command + " " + args + " " + files;
  }
}
