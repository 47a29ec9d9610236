package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.drain.DrainReports;
import dev.monolift.node.PodPlace.Ending;
import dev.monolift.proof.Proof;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The drain program from the request to the verdict, with kubelet, the container runtime and real
 * shells between the two. In every case a shell is above PHP that alone passes no signal on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignalsOnNodeIT {
  private static final String PROGRAM =
      "export LAB=%s/$HOSTNAME; mkdir -p $LAB;".formatted(SharedFolder.PATH)
          + " php -d auto_prepend_file=/work/farewell.php /work/worker.php async job=3; true";

  /** Kubelet keeps the last bytes of a message that is longer. */
  private static final int LONGEST_MESSAGE = 4096;

  private final Map<String, SeenWorker> workers = new HashMap<>();
  private final List<String> drained = new ArrayList<>();
  private final List<String> inTheMiddle = new ArrayList<>();
  private WorkerRoom room;
  private TerminationMessages messages;

  static Stream<Arguments> cases() {
    return Stream.of(PodPlace.values())
        .flatMap(place -> roles(place).stream().map(role -> Arguments.of(place, role)));
  }

  /**
   * A Hook differs from a Wrap in the shells and in a shared PID namespace. What it reported is
   * gone when the program replaces it.
   */
  private static List<Program> roles(PodPlace place) {
    return switch (place) {
      case DASH, BASH, BUSYBOX, SHARED_PROCESSES -> List.of(Program.Wrap, Program.Hook);
      case MESSAGE_AT_THE_END -> List.of(Program.Wrap);
      default -> Proof.isFull() ? List.of(Program.Wrap, Program.Hook) : List.of(Program.Wrap);
    };
  }

  /** All at once: a pod takes longer to start than to end. */
  @BeforeAll
  void startAll() {
    room = new WorkerRoom("signals");
    messages = new TerminationMessages(room.cluster.client(), room.namespace);
    for (PodPlace place : PodPlace.values()) {
      for (Program role : roles(place)) {
        start(
            name(place, role),
            "drain: {program: %s, longestJobSeconds: 20}".formatted(role),
            place.of(pod(place.image(), role)));
      }
    }
    for (PodPlace place : List.of(PodPlace.DASH, PodPlace.BASH, PodPlace.BUSYBOX)) {
      start(
          name(place, Program.None),
          "drain: {program: None}",
          pod(place.image(), Program.None).withPod("terminationGracePeriodSeconds: 4"));
    }
  }

  @AfterAll
  void stop() {
    if (messages != null) {
      messages.close();
    }
    // there is none with -DskipNode
    if (room != null) {
      room.close();
    }
    if (drained.size() == cases().count()) {
      assertThat(inTheMiddle).as("in a job").hasSizeGreaterThan(drained.size() / 2);
      Proof.fact(
          Proof.Chapter.NODE,
          "Under dash, bash and busybox, beside sidecars, in a shared PID namespace, with a read-only root file system, without root, and with a termination message that is too long, a pod ends after its job",
          "%d of %d pods, Wrap and Hook; in %d of them the signal came in the middle of a job of 3 s, and it was finished; each verdict Clean, with its cause; without the drain program the job is cut in each shell"
              .formatted(drained.size(), drained.size(), inTheMiddle.size()));
    }
  }

  private void start(String name, String settings, WorkerPod pod) {
    workers.put(name, room.worker(name, settings, pod));
  }

  private WorkerPod pod(String image, Program role) {
    var pod = WorkerPod.of(room.cluster.image(image), "sh", "-c", PROGRAM);
    return role == Program.Hook ? pod.withoutCommand() : pod;
  }

  private static String name(PodPlace place, Program role) {
    return (place.objectName() + "-" + role).toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theJobIsFinished(PodPlace place, Program role) {
    String name = name(place, role);
    String pod = awaitJob(name);
    end(name, pod, place.ending());

    var end = awaitEnd(name, pod);
    List<String> notes = notes(pod);
    room.until("the message of " + pod, () -> !messages.of(pod).isEmpty());
    String message = messages.of(pod);
    String story = place.title() + ", " + role + ": " + end + " " + notes + " " + message;
    assertThat(end.verdict()).as(story).isEqualTo("Clean");
    assertThat(end.reason()).as(story).isEqualTo("Completed");
    assertThat(end.cause()).as(story).isEqualTo(place.ending().cause());
    assertThat(cut(notes)).as(story).isZero();
    int signal = notes.indexOf("signal TERM");
    assertThat(signal).as(story).isPositive();
    assertThat(notes.subList(signal, notes.size()))
        .as(story)
        .noneMatch(line -> line.startsWith("start "))
        .endsWith("stop");
    assertThat(DrainReports.parse(message).isEmpty()).as(story).isEqualTo(place.hidesReport());
    assertThat(message.length() == LONGEST_MESSAGE).as(story).isEqualTo(place.hidesReport());
    drained.add(name);
    if (notes.get(signal - 1).startsWith("start ")) {
      inTheMiddle.add(name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash-none", "bash-none", "busybox-none"})
  void withoutTheDrainProgramTheJobIsCut(String name) {
    String pod = awaitJob(name);
    end(name, pod, Ending.DELETE);

    var end = awaitEnd(name, pod);
    List<String> notes = notes(pod);
    assertThat(end.verdict()).as(end.message()).isEqualTo("Killed");
    assertThat(notes).as(name).noneMatch(line -> line.startsWith("signal "));
    assertThat(cut(notes)).as(notes.toString()).isEqualTo(1);
  }

  /** Waits until a worker's pod is in a job that is not its first one; the pod's name. */
  private String awaitJob(String name) {
    room.until(
        name + " is in a job",
        () -> {
          List<String> notes =
              room.pods(name).isEmpty() ? List.of() : notes(room.pod(name).getMetadata().getName());
          return cut(notes) == 1 && notes.stream().anyMatch(line -> line.startsWith("end "));
        });
    return room.pod(name).getMetadata().getName();
  }

  private void end(String name, String pod, Ending ending) {
    switch (ending) {
      case SCALE_IN -> room.kubectl.run("scale", "monolithworker/" + name, "--replicas=0").orFail();
      case DELETE -> room.kubectl.run("delete", "pod", pod, "--wait=false").orFail();
      case ROLLOUT ->
          room.kubectl
              .run(
                  "patch",
                  "monolithworker/" + name,
                  "--type=merge",
                  "--patch={\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}")
              .orFail();
      case EVICTION ->
          room.cluster.client().pods().inNamespace(room.namespace).withName(pod).evict();
      case RESTART -> room.kubectl.run("rollout", "restart", "deployment/" + name).orFail();
    }
  }

  private SeenWorker.End awaitEnd(String name, String pod) {
    var worker = Objects.requireNonNull(workers.get(name), name);
    room.until("a verdict for " + pod, () -> worker.end(pod).isPresent());
    return worker.end(pod).orElseThrow();
  }

  private List<String> notes(String pod) {
    return room.folder.lines(pod + "/jobs");
  }

  /** Jobs that were begun and not ended. */
  private static long cut(List<String> notes) {
    return notes.stream().filter(line -> line.startsWith("start ")).count()
        - notes.stream().filter(line -> line.startsWith("end ")).count();
  }
}
