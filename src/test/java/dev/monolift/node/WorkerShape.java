package dev.monolift.node;

import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.util.List;
import java.util.Locale;

/** How the workers under load are started, and which of Monolift's settings they have. */
enum WorkerShape {
  DIRECT("php as the first process", false, true, "php", "/work/worker.php"),
  SHELL("sh -c 'php ...; true'", true, false, "sh", "-c", "php /work/worker.php; true"),
  LOOP(
      "while true; do php ...; done",
      false,
      true,
      "sh",
      "-c",
      "while true; do php /work/worker.php; done"),
  PIPE("php ... | tee log", true, false, "sh", "-c", "php /work/worker.php | tee /tmp/log"),
  ENTRYPOINT("an image's own entrypoint, STOPSIGNAL QUIT (Hook)", false, false);

  private final String title;
  private final boolean held;
  private final boolean restarted;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> command;

  WorkerShape(String title, boolean held, boolean restarted, String... command) {
    this.title = title;
    this.held = held;
    this.restarted = restarted;
    this.command = List.of(command);
  }

  /** The worker of this shape. */
  Subject worker() {
    return Subject.worker(name().toLowerCase(Locale.ROOT));
  }

  /** For tables. */
  String title() {
    return title;
  }

  /** Whether it has drain.holdPods. */
  boolean isHeld() {
    return held;
  }

  /** Whether it has a daily restart. */
  boolean isRestarted() {
    return restarted;
  }

  /**
   * Its container.
   *
   * @param cluster where its image has to be
   */
  Container program(TestCluster cluster) {
    if (command.isEmpty()) {
      // its stop signal is QUIT, for which the worker has no handler
      return new ContainerBuilder()
          .withImage(cluster.image("php-fpm-stop"))
          .withArgs("php", "/work/worker.php")
          .build();
    }
    return new ContainerBuilder().withImage(cluster.image("php")).withCommand(command).build();
  }
}
