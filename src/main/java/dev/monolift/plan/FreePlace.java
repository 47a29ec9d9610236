package dev.monolift.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.stream.IntStream;

/** Names in a user's pod that the user has not taken. */
public final class FreePlace {
  private FreePlace() {}

  /**
   * A name for a volume.
   *
   * @param pod the pod
   * @param wanted the name, if it is free
   * @return it, or it with the first number that is free
   */
  public static String volume(PodSpec pod, String wanted) {
    return numbered()
        .mapToObj(i -> wanted + suffix(i))
        .filter(name -> pod.getVolumes().stream().noneMatch(taken -> name.equals(taken.getName())))
        .findFirst()
        .orElseThrow();
  }

  /**
   * A folder to mount on, below {@code /monolift} or, when the user mounts something there, {@code
   * /monolift-2} and so on.
   *
   * @param container the container
   * @param name name of the folder
   * @return its absolute path
   */
  public static String folder(Container container, String name) {
    return numbered()
        .mapToObj(i -> "/monolift" + suffix(i) + "/" + name)
        .filter(
            path ->
                container.getVolumeMounts().stream()
                    .noneMatch(taken -> nested(path, taken.getMountPath())))
        .findFirst()
        .orElseThrow();
  }

  private static IntStream numbered() {
    return IntStream.iterate(1, i -> i + 1);
  }

  private static String suffix(int number) {
    return number == 1 ? "" : "-" + number;
  }

  /**
   * Equal, or one inside the other: a folder inside a read-only mount cannot be created. The root
   * is no mount of this kind.
   */
  private static boolean nested(String path, String mountPath) {
    String other = mountPath.replaceFirst("/+$", "") + "/";
    return !other.equals("/") && ((path + "/").startsWith(other) || other.startsWith(path + "/"));
  }
}
