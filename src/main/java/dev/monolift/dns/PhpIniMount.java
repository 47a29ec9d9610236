package dev.monolift.dns;

import dev.monolift.plan.FreePlace;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;

/** Mounts the php.ini part so that PHP reads it after the image's own. */
final class PhpIniMount {
  private static final String VOLUME = "monolift-php-ini";

  private PhpIniMount() {}

  /**
   * Adds volume, mount and scan path, under names that the user has not taken.
   *
   * @param pod the pod; it is changed
   * @param program its program container; it is changed
   * @param configMap name of the ConfigMap
   * @param settings the container's settings, for its scan path
   */
  static void add(PodSpec pod, Container program, String configMap, PhpIniSettings settings) {
    String volume = FreePlace.volume(pod, VOLUME);
    String folder = FreePlace.folder(program, "php-ini");
    String scanPath = settings.scanPath(folder);

    var volumes = new ArrayList<>(pod.getVolumes());
    volumes.add(
        new VolumeBuilder()
            .withName(volume)
            .withNewConfigMap()
            .withName(configMap)
            .endConfigMap()
            .build());
    pod.setVolumes(volumes);
    var mounts = new ArrayList<>(program.getVolumeMounts());
    mounts.add(
        new VolumeMountBuilder().withName(volume).withMountPath(folder).withReadOnly(true).build());
    program.setVolumeMounts(mounts);
    setScanPath(program, scanPath);
  }

  private static void setScanPath(Container program, String value) {
    EnvVar last = null;
    for (EnvVar variable : program.getEnv()) {
      last = PhpIniSettings.SCAN_DIR.equals(variable.getName()) ? variable : last;
    }
    if (last != null) {
      last.setValue(value);
      return;
    }
    var env = new ArrayList<>(program.getEnv());
    env.add(new EnvVar(PhpIniSettings.SCAN_DIR, value, null));
    program.setEnv(env);
  }
}
