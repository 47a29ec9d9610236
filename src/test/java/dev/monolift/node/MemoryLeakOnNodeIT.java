package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.install.OperatorImage;
import dev.monolift.proof.Proof;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two equal workers that leak, one of them with a restart once a day. A day is over when its jobs
 * are done; its night is a Job made from the worker's own CronJob, as a person makes one. So the
 * days are short, and the product's settings are as ever.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MemoryLeakOnNodeIT {
  private static final int DAYS = Proof.isFull() ? 12 : 4;
  private static final int JOBS = 30;
  private static final int MIB = 1 << 20;

  /** The limit: enough for two days, as a night may come late, and too little for three. */
  private static final int LIMIT = 96;

  private static final String RESTART =
      "restart: {window: {start: '02:00', end: '04:00'}, timeZone: Asia/Tokyo, minAgeSeconds: 0}";

  private WorkerRoom room;
  private SeenWorker restarted;
  private SeenWorker left;

  @BeforeAll
  void letTheDaysGoBy() throws IOException {
    TestCluster.realNode().loadImage(OperatorImage.archive());
    room = new WorkerRoom("leak", "--image", shippedImage());
    room.folder.shell("mkdir restarted left");
    restarted = room.worker("restarted", RESTART, pod("restarted"));
    left = room.worker("left", "", pod("left"));
    room.until("both are ready", () -> restarted.isReady() && left.isReady());
    for (int day = 1; day <= DAYS; day++) {
      giveJobs(day);
      night(day);
      room.until("the end of day " + day, () -> isIdle("restarted") && isIdle("left"));
    }
  }

  /** The image that the shipped manifests name. */
  private static String shippedImage() throws IOException {
    return Pattern.compile("image: (\\S+)")
        .matcher(Files.readString(Path.of("operator", "kustomize", "deployment.yaml")))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  @AfterAll
  void stop() {
    // there is none with -DskipNode
    if (room != null) {
      room.close();
    }
  }

  @Test
  void withTheRestartItStaysBelowItsLimitAndLosesNoJob() {
    assertThat(program("restarted").getRestartCount()).isZero();
    assertThat(restarted.ends()).extracting(SeenWorker.End::cause).containsOnly("Restart");
    // it is always in a job
    room.kubectl.run("scale", "monolithworker/restarted", "--replicas=0").orFail();
    room.until("all verdicts", () -> restarted.totals().equals(Map.of("clean", DAYS + 1)));
    List<String> ledger = room.folder.lines("restarted/ledger");
    long peak = peak(ledger);
    assertThat(peak).as("bytes").isLessThan((long) LIMIT * MIB);
    assertThat(lost(ledger)).isEmpty();
    assertThat(finished(ledger)).isEqualTo((long) DAYS * JOBS);
    Proof.fact(
        Proof.Chapter.NODE,
        "A worker that leaks %d MiB a day stays below its limit of %d MiB with a restart once a day, and loses no job"
            .formatted(JOBS, LIMIT),
        "%d days and restarts by its CronJob's pods: at most %d MiB by the kernel's count; %d of %d jobs finished, 0 cut"
            .formatted(DAYS, peak / MIB, finished(ledger), DAYS * JOBS));
  }

  @Test
  void withoutItTheKernelKillsItInTheMiddleOfAJob() {
    assertThat(program("left").getLastState().getTerminated().getReason()).isEqualTo("OOMKilled");
    List<String> cut =
        lost(room.folder.lines("left/ledger")).stream()
            .filter(job -> job.startsWith("day-"))
            .toList();
    assertThat(cut).isNotEmpty();
    // docs/drain.md: a container that is started again in a pod that stays gets no verdict
    assertThat(left.totals()).isEmpty();
    room.until("it is ready again", left::isReady);
    Proof.fact(
        Proof.Chapter.NODE,
        "The same worker without the restart is killed by the kernel, in the middle of a job",
        "%d times OOMKilled in %d days, %d jobs cut"
            .formatted(program("left").getRestartCount(), DAYS, cut.size()));
  }

  private WorkerPod pod(String name) {
    return WorkerPod.of(
            room.cluster.image("php"), "php", "/work/leak.php", SharedFolder.PATH + "/" + name, "1")
        .withContainer("resources: {limits: {memory: %dMi}}".formatted(LIMIT));
  }

  private void giveJobs(int day) {
    room.folder.shell(
        "for queue in restarted left; do for job in $(seq %d); do : >$queue/day-%d-$job.job; done; done"
            .formatted(JOBS, day));
  }

  /** As people start a restart by hand; it comes in the middle of the day's jobs. */
  private void night(int day) {
    String name = "night-" + day;
    room.kubectl.run("create", "job", "--from=cronjob/restarted-restart", name).orFail();
    room.until(
        name,
        () -> {
          Job job =
              room.cluster
                  .client()
                  .batch()
                  .v1()
                  .jobs()
                  .inNamespace(room.namespace)
                  .withName(name)
                  .get();
          assertThat(job.getStatus().getFailed()).as(name + " failed").isIn(null, 0);
          return Integer.valueOf(1).equals(job.getStatus().getSucceeded())
              && room.pods("restarted").size() == 1;
        });
  }

  /** Whether nobody waits in its queue. */
  private boolean isIdle(String name) {
    return room.folder.shell("ls " + name).lines().noneMatch(file -> file.endsWith(".job"));
  }

  private static long peak(List<String> ledger) {
    return ledger.stream()
        .filter(line -> line.startsWith("end "))
        .mapToLong(line -> Long.parseLong(line.split(" ", -1)[2]))
        .max()
        .orElseThrow();
  }

  /** Jobs of the queue that were finished; one that was finished twice counts twice. */
  private static long finished(List<String> ledger) {
    return ledger.stream().filter(line -> line.startsWith("end day-")).count();
  }

  /** Jobs that were begun and not finished. */
  private static List<String> lost(List<String> ledger) {
    List<String> ended =
        ledger.stream()
            .filter(line -> line.startsWith("end "))
            .map(line -> line.split(" ", -1)[1])
            .toList();
    return ledger.stream()
        .filter(line -> line.startsWith("start "))
        .map(line -> line.split(" ", -1)[1])
        .filter(job -> !ended.contains(job))
        .toList();
  }

  private ContainerStatus program(String name) {
    return room.pod(name).getStatus().getContainerStatuses().getFirst();
  }
}
