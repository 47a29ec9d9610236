package dev.monolift.node;

import java.util.Locale;

/**
 * What pods of workers are like, apart from their program; and how a pod of each is ended in the
 * test, so that every way comes up.
 */
enum PodPlace {
  DASH("/bin/sh is dash", "php", Ending.SCALE_IN),
  BASH("/bin/sh is bash", "php-bash", Ending.DELETE),
  BUSYBOX("/bin/sh is busybox", "php-busybox", Ending.ROLLOUT),
  SIDECARS("beside a native sidecar and an ordinary one", "php", Ending.EVICTION),
  SHARED_PROCESSES("shareProcessNamespace, beside another PHP", "php-bash", Ending.RESTART),
  READ_ONLY("a read-only root file system", "php-busybox", Ending.SCALE_IN),
  NOBODY("not root, without any capability", "php", Ending.DELETE),
  MESSAGE_AT_THE_END("a program that ends with a termination message", "php", Ending.SCALE_IN),
  LONG_MESSAGE_BEFORE("a termination message that is too long already", "php", Ending.EVICTION),
  LONG_MESSAGE_AT_THE_END("a program that ends with a too long one", "php", Ending.RESTART);

  /** How a pod is ended. */
  enum Ending {
    SCALE_IN("ScaleIn"),
    DELETE("Delete"),
    ROLLOUT("Rollout"),
    EVICTION("Eviction"),
    RESTART("Restart");

    private final String cause;

    Ending(String cause) {
      this.cause = cause;
    }

    /** What the status calls it. */
    String cause() {
      return cause;
    }
  }

  /** A second program, which ends by itself when it is asked to. */
  private static final String OTHER =
      """
      image: IMAGE
      imagePullPolicy: IfNotPresent
      command: [php, -r, 'pcntl_async_signals(true); pcntl_signal(SIGTERM, fn() => exit(0)); while (true) sleep(60);']
      """;

  private final String title;
  private final String image;
  private final Ending ending;

  PodPlace(String title, String image, Ending ending) {
    this.title = title;
    this.image = image;
    this.ending = ending;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** Name of its test image. */
  String image() {
    return image;
  }

  /** How its pod is ended. */
  Ending ending() {
    return ending;
  }

  /** Whether the program leaves no room for the drain report. */
  boolean hidesReport() {
    return this == LONG_MESSAGE_AT_THE_END;
  }

  /** For the names of objects. */
  String objectName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Pods of this kind.
   *
   * @param pod the pods without anything particular
   */
  WorkerPod of(WorkerPod pod) {
    return switch (this) {
      case DASH, BASH, BUSYBOX -> pod;
      case SIDECARS -> pod.withPod(beside(pod) + "initContainers:\n" + sidecar(pod));
      case SHARED_PROCESSES -> pod.withPod(beside(pod) + "shareProcessNamespace: true\n");
      case READ_ONLY -> pod.withContainer("securityContext: {readOnlyRootFilesystem: true}\n");
      case NOBODY ->
          pod.withContainer(
                  "securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}\n")
              .withPod("securityContext: {runAsNonRoot: true, runAsUser: 65534}\n");
      case MESSAGE_AT_THE_END -> pod.with("FAREWELL", "end").with("FAREWELL_LINES", "30");
      case LONG_MESSAGE_BEFORE -> pod.with("FAREWELL", "start");
      case LONG_MESSAGE_AT_THE_END -> pod.with("FAREWELL", "end");
    };
  }

  private static String beside(WorkerPod pod) {
    return "- name: beside\n" + OTHER.replace("IMAGE", pod.image()).indent(2);
  }

  private static String sidecar(WorkerPod pod) {
    return "- name: sidecar\n  restartPolicy: Always\n"
        + OTHER.replace("IMAGE", pod.image()).indent(2);
  }
}
