package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.drain.lab.Shape;
import dev.monolift.node.JobBooks.Tally;
import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every way of starting a worker that loses jobs, and images with another stop signal, each once
 * under Monolift and once without, stopped in the middle of a job on a real node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShapesOnNodeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int GRACE = 10;
  private static final Path LAB = Path.of("src", "test", "container");
  private static final String FILES = "shapes";

  private final NodeScene scene = new NodeScene();

  /**
   * One way of starting a worker.
   *
   * @param name name of its worker
   * @param title for people
   * @param program its container
   * @param broken whether it cuts jobs without Monolift
   * @param finding what Monolift must report; null when it drains
   */
  private record Case(
      String name, String title, Container program, boolean broken, @Nullable String finding) {
    Subject worker() {
      return Subject.worker(name);
    }
  }

  @AfterAll
  void close() {
    scene.close();
  }

  @Test
  void everyBrokenEntrypointDrainsOrIsReportedAndCutsItsJobWithoutMonolift() {
    List<Case> cases = cases();
    start(cases);
    await("every pod in a job")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> cases.stream().allMatch(this::isAtWork));
    stop(cases);
    Map<String, Tally> tallies = new JobBooks(scene.queue.ledger()).tallies();
    for (Case one : cases) {
      judge(one, tallies);
    }
  }

  private List<Case> cases() {
    var cases = new ArrayList<Case>();
    for (Shape shape : Shape.values()) {
      if (shape.isBroken() || Proof.isFull()) {
        cases.add(
            new Case(
                name(shape),
                shape.title(),
                program(shape),
                shape.isBroken(),
                shape.finding(Program.Wrap)));
      }
    }
    cases.add(entrypoint("php-fpm-stop", "QUIT"));
    cases.add(entrypoint("php-apache-stop", "WINCH"));
    return cases;
  }

  private static String name(Shape shape) {
    return shape.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Container program(Shape shape) {
    String image = shape == Shape.QUIT_IMAGE ? "php-fpm-stop" : "php";
    return new ContainerBuilder()
        .withImage(scene.cluster.image(image))
        .withCommand(shape.command().stream().map(ShapesOnNodeIT::filled).toList())
        .build();
  }

  private static String filled(String word) {
    return word.replace("@WORKER", "php @LAB/worker.php").replace("@LAB", Manifests.FOLDER);
  }

  /** An image that starts the worker itself, so that Monolift's part is a Hook. */
  private Case entrypoint(String image, String signal) {
    return new Case(
        image,
        "an image's own entrypoint, STOPSIGNAL " + signal,
        new ContainerBuilder()
            .withImage(scene.cluster.image(image))
            .withArgs("php", Manifests.FOLDER + "/worker.php", "async")
            .build(),
        true,
        null);
  }

  private void start(List<Case> cases) {
    scene.files(
        FILES,
        Map.of(
            "worker.php", JobQueue.FILES.resolve("kinds.php"),
            "queue.php", JobQueue.FILES.resolve("queue.php"),
            "run.sh", LAB.resolve("run.sh"),
            "exec.sh", LAB.resolve("exec.sh"),
            "forward.sh", LAB.resolve("forward.sh"),
            "supervisord.conf", LAB.resolve("supervisord.conf"),
            "supervisord-script.conf", LAB.resolve("supervisord-script.conf")));
    scene.queue.open(cases.stream().flatMap(ShapesOnNodeIT::subjects).toList(), 3500, 4000, 0);
    scene.kubectl.apply(cases.stream().flatMap(this::manifests).toArray(String[]::new));
  }

  private static Stream<Subject> subjects(Case one) {
    return Stream.of(one.worker(), one.worker().plain());
  }

  private Stream<String> manifests(Case one) {
    Subject plain = one.worker().plain();
    return Stream.of(
        Manifests.worker(
            one.worker(),
            1,
            "drain: {longestJobSeconds: 4, longestWaitSeconds: 1}",
            template(one, one.worker())),
        Manifests.deployment(plain, 1, GRACE, template(one, plain)));
  }

  private static PodTemplateSpec template(Case one, Subject subject) {
    var program =
        one.program().edit().addNewEnv().withName("LAB").withValue(Manifests.FOLDER).endEnv();
    return Manifests.writable(Manifests.template(subject, FILES, program.build()));
  }

  private boolean isAtWork(Case one) {
    return scene.queue.isAtWork(one.name() + "-%");
  }

  private void stop(List<Case> cases) {
    // supervisord takes its time, in which a job may come to its end
    Subject slow = Subject.worker(name(Shape.SUPERVISED_SCRIPT)).plain();
    await("a job of " + slow)
        .atMost(PATIENCE)
        .until(() -> scene.queue.hasJustBegun(slow.name() + "-%"));
    scene.kubectl.run("scale", "--replicas=0", slow.resource());
    var arguments = new ArrayList<>(List.of("scale", "--replicas=0"));
    cases.stream().flatMap(ShapesOnNodeIT::subjects).map(Subject::resource).forEach(arguments::add);
    scene.kubectl.run(arguments.toArray(String[]::new));
    await("the end of all pods")
        .atMost(PATIENCE)
        .until(() -> scene.pods.pods().stream().allMatch(pod -> pod.gone() != null));
    await("a verdict for each")
        .atMost(PATIENCE)
        .until(() -> scene.verdicts.verdicts().size() >= cases.size());
  }

  private void judge(Case one, Map<String, Tally> tallies) {
    var with = Objects.requireNonNull(tallies.get(one.name()));
    var without = Objects.requireNonNull(tallies.get(one.worker().plain().name()));
    var verdict = verdict(one);
    if (one.finding() == null) {
      assertThat(with.cut()).as(one.title() + ": " + verdict).isZero();
      assertThat(verdict.verdict()).as(one.title() + ": " + verdict).isEqualTo("Clean");
    } else {
      assertThat(verdict.reason()).as(one.title() + ": " + verdict).isEqualTo(one.finding());
      assertThat(verdict.isHarmless()).as(one.title() + ": " + verdict).isFalse();
    }
    var plain = scene.pods.of(one.worker().plain()).getFirst();
    // one that is killed may have been between two jobs
    assertThat(without.cut() == 0 && Objects.equals(plain.exitCode(), 0))
        .as(one.title() + " without Monolift: " + without + ", " + plain)
        .isNotEqualTo(one.broken());
    Proof.fact(
        Proof.Chapter.DRAIN,
        "On a real node, stopped in a job: " + one.title(),
        "with Monolift: %s (%s), %d jobs cut; a plain Deployment: exit code %d, %d jobs cut"
            .formatted(
                verdict.verdict(), verdict.reason(), with.cut(), plain.exitCode(), without.cut()));
  }

  private Verdict verdict(Case one) {
    return scene.pods.of(one.worker()).stream()
        .map(pod -> scene.verdicts.of(pod.pod()))
        .map(verdict -> verdict.orElseThrow())
        .findFirst()
        .orElseThrow();
  }
}
