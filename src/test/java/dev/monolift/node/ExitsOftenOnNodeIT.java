package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A worker that exits on purpose every few seconds: how much of the time it is at work, by what it
 * writes down itself, started again in place and started again by kubelet.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExitsOftenOnNodeIT {
  private static final int RUN_SECONDS = Proof.isFull() ? 20 : 2;
  private static final Duration WATCHED =
      Proof.isFull() ? Duration.ofMinutes(12) : Duration.ofMinutes(1);

  /** What a loaded machine may take between two runs counts more when they are short. */
  private static final double LEAST = Proof.isFull() ? 0.95 : 0.8;

  private WorkerRoom room;

  @BeforeAll
  void start() {
    room = new WorkerRoom("exits");
  }

  @AfterAll
  void stop() {
    // there is none with -DskipNode
    if (room != null) {
      room.close();
    }
  }

  @Test
  void startedAgainInPlaceItGoesOnWorking() {
    room.folder.shell("mkdir in-place plain");
    var worker = room.worker("in-place", "onExit: RestartInPlace", pod("in-place"));
    room.deployment("plain", pod("plain"));
    List.of("in-place", "plain").forEach(name -> room.folder.awaitLine(name + "/jobs", "start "));
    room.until("kubelet's back-off", () -> backsOff("plain"));
    room.until(
        "enough was seen",
        WATCHED.plus(WorkerRoom.PATIENCE),
        () -> isOver("in-place") && isOver("plain"));

    double inPlace = share("in-place");
    double plain = share("plain");
    assertThat(program("in-place").getRestartCount()).as("starts of its container").isZero();
    assertThat(inPlace).isGreaterThan(LEAST);
    assertThat(plain).isLessThan(inPlace / 2);

    long runs = starts("in-place").size();
    String pod = room.pod("in-place").getMetadata().getName();
    // a program that is just being started has no handler yet and dies of the signal
    room.folder.shell("touch in-place/hold");
    room.until("a job that is held", () -> isHeld("in-place"));
    room.kubectl.run("delete", "pod", pod, "--wait=false").orFail();
    room.folder.awaitLine("in-place/jobs", "signal TERM");
    room.folder.shell("rm in-place/hold");
    room.until("a verdict", () -> worker.end(pod).isPresent());
    assertThat(worker.end(pod).orElseThrow().verdict()).isEqualTo("Clean");
    assertThat((long) worker.inPlaceRestarts()).isGreaterThanOrEqualTo(runs - 1);
    Proof.fact(
        Proof.Chapter.NODE,
        "A worker that exits every %d s goes on working with onExit: RestartInPlace"
            .formatted(RUN_SECONDS),
        "%.1f %% of %d s at work in %d runs, without a start of its container; a plain Deployment of the same, with kubelet's back-off: %.1f %% in %d runs"
            .formatted(
                inPlace * 100,
                WATCHED.toSeconds(),
                within("in-place").size(),
                plain * 100,
                within("plain").size()));
  }

  private WorkerPod pod(String name) {
    return WorkerPod.of(
            room.cluster.image("php"),
            "php",
            "/work/worker.php",
            "async",
            "jobs=1",
            "job=" + RUN_SECONDS,
            "hold=" + SharedFolder.PATH + "/" + name + "/hold")
        .withEnv(Map.of("LAB", SharedFolder.PATH + "/" + name));
  }

  /** When its runs began, in seconds since the epoch. */
  private List<Double> starts(String name) {
    return room.folder.lines(name + "/jobs").stream()
        .filter(line -> line.startsWith("start "))
        .map(line -> Double.parseDouble(line.split(" ", -1)[2]))
        .toList();
  }

  /** Those of the time that is counted: it begins with the first run. */
  private List<Double> within(String name) {
    List<Double> starts = starts(name);
    double end = starts.getFirst() + WATCHED.toSeconds();
    return starts.stream().filter(start -> start < end).toList();
  }

  /** Whether it is in a job for longer than a job takes. */
  private boolean isHeld(String name) {
    return room.folder.lines(name + "/jobs").getLast().startsWith("start ")
        && System.currentTimeMillis() / 1000.0 > starts(name).getLast() + RUN_SECONDS + 2;
  }

  /** The node has this machine's clock. */
  private boolean isOver(String name) {
    return System.currentTimeMillis() / 1000.0
        > starts(name).getFirst() + WATCHED.toSeconds() + RUN_SECONDS;
  }

  private double share(String name) {
    List<Double> starts = within(name);
    double end = starts.getFirst() + WATCHED.toSeconds();
    double worked = starts.stream().mapToDouble(start -> Math.min(RUN_SECONDS, end - start)).sum();
    return worked / WATCHED.toSeconds();
  }

  /** By its event: the state CrashLoopBackOff is not seen between all runs that end well. */
  private boolean backsOff(String name) {
    String pod = room.pod(name).getMetadata().getName();
    return !room.kubectl
        .run(
            "get",
            "events",
            "--field-selector=reason=BackOff,involvedObject.name=" + pod,
            "--output=name")
        .orFail()
        .isBlank();
  }

  private ContainerStatus program(String name) {
    return room.pod(name).getStatus().getContainerStatuses().getFirst();
  }
}
