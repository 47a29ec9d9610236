package dev.monolift.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.api.v1alpha1.DrainSpec;
import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.api.v1alpha1.DrainSpec.Signal;
import dev.monolift.drain.EntrypointShape.Stop;
import dev.monolift.drain.EntrypointVerdict.Severity;
import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EntrypointLintTest {
  private static final long SEED = 20_260_401;

  static Stream<EntrypointCase> cases() {
    return EntrypointCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyShapeIsRecognised(EntrypointCase it) {
    var none = it.verdict(Program.None);

    assertThat(none.shape()).isEqualTo(it.shape());
    assertThat(none.stop()).isEqualTo(it.isGood() ? Stop.Drains : Stop.Breaks);
    assertThat(none.severity()).isEqualTo(it.isGood() ? Severity.Info : Severity.Problem);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatMonoliftDoesDependsOnTheRole(EntrypointCase it) {
    Severity broken = it.number() <= 2 ? Severity.Problem : Severity.Handled;
    if (!it.command().isEmpty()) {
      assertThat(it.verdict(Program.Auto).role()).isEqualTo(Program.Wrap);
      assertThat(it.verdict(Program.Auto).severity())
          .isEqualTo(it.isGood() ? Severity.Info : broken);
    }
    assertThat(it.verdict(Program.Hook).severity())
        .isEqualTo(it.isGood() ? Severity.Info : it.number() == 6 ? Severity.Problem : broken);
  }

  @Test
  void twelveOfTwelveAndNoFalseAlarmOnTheSix() {
    var broken = EntrypointCases.all().filter(it -> !it.isGood()).toList();
    var good = EntrypointCases.all().filter(EntrypointCase::isGood).toList();

    assertThat(alarmed(broken)).hasSize(12);
    assertThat(alarmed(good)).isEmpty();
    assertThat(numbers(good)).hasSize(6);
    Proof.fact(
        Proof.Chapter.DRAIN,
        "the lint names every broken entrypoint before anything runs, and complains about no good one",
        "12 of 12 broken shapes in %d spellings; 0 alarms on 6 good ones in %d spellings"
            .formatted(broken.size(), good.size()));
  }

  private static Set<Integer> alarmed(List<EntrypointCase> cases) {
    return numbers(
        cases.stream().filter(it -> it.verdict(Program.None).severity() != Severity.Info).toList());
  }

  private static Set<Integer> numbers(List<EntrypointCase> cases) {
    return cases.stream().map(EntrypointCase::number).collect(Collectors.toSet());
  }

  /**
   * Broken and good look the same when the text is in the image: both are said, none is an alarm.
   */
  @ParameterizedTest
  @MethodSource
  void whatTheManifestDoesNotShowIsSaid(EntrypointCase it) {
    var wrapped = it.verdict(Program.Wrap);
    var none = it.verdict(Program.None);

    assertThat(none.shape()).isEqualTo(it.shape());
    assertThat(none.stop()).isEqualTo(it.shape().stop());
    assertThat(none.severity()).isEqualTo(Severity.Info);
    assertThat(none.withoutMonolift())
        .containsAnyOf("not visible", "not tell", "not known", "cannot be read", "not a queue");
    assertThat(wrapped.withMonolift()).startsWith("Wrap: ");
  }

  static Stream<EntrypointCase> whatTheManifestDoesNotShowIsSaid() {
    String own = EntrypointCase.OWN;
    return Stream.of(
        EntrypointCase.container(1, EntrypointShape.DirectPhp, own, "php", "worker.php"),
        EntrypointCase.container(3, EntrypointShape.ScriptNotVisible, own, "/app/run.sh"),
        EntrypointCase.container(
            3, EntrypointShape.ScriptNotVisible, own, "bash", "-x", "run", "mail"),
        EntrypointCase.container(7, EntrypointShape.ShellMayFork, own, "sh", "-c", "php w.php"),
        EntrypointCase.container(
            10, EntrypointShape.InitBeforeScript, own, "tini", "--", "/app/run.sh"),
        EntrypointCase.container(
            11, EntrypointShape.Supervisord, own, "supervisord", "-c", "/x.conf"),
        EntrypointCase.container(0, EntrypointShape.OtherProgram, own, "/srv/worker"),
        EntrypointCase.container(0, EntrypointShape.OtherProgram, own, "sh", "-c", "cd /; sleep 1"),
        EntrypointCase.container(0, EntrypointShape.OtherProgram, own, "sh"),
        EntrypointCase.container(
            0, EntrypointShape.ShellUnreadable, own, "sh", "-c", "php x; done"),
        EntrypointCase.container(0, EntrypointShape.WebServer, own, "php-fpm", "-F"));
  }

  @Test
  void withoutACommandTheRoleIsHook() {
    var verdict = EntrypointLint.of(template("shop/app:1", t -> {}), "worker", null, List.of());

    assertThat(verdict.shape()).isEqualTo(EntrypointShape.ImageEntrypoint);
    assertThat(verdict.role()).isEqualTo(Program.Hook);
    assertThat(verdict.withMonolift()).contains("A loop in it cannot be stopped");
  }

  @Test
  void aWrapWithoutACommandIsAProblem() {
    var drain = new DrainSpec(Program.Wrap, null, null, null, null, null);
    var verdict = EntrypointLint.of(template("shop/app:1", t -> {}), null, drain, List.of());

    assertThat(verdict.severity()).isEqualTo(Severity.Problem);
    assertThat(DrainableCondition.of(verdict, 1L).getReason()).isEqualTo("NothingToWrap");
  }

  /** A preStop hook that asks over the network keeps the Hook out. */
  @Test
  void whatTheHookCannotFollowIsLeftAsItIs() {
    var template =
        template(
            "shop/app:1",
            t ->
                t.setLifecycle(
                    new LifecycleBuilder()
                        .withNewPreStop()
                        .withNewHttpGet()
                        .withNewPort(80)
                        .endHttpGet()
                        .endPreStop()
                        .build()));

    var verdict = EntrypointLint.of(template, null, null, List.of());

    assertThat(verdict.role()).isEqualTo(Program.None);
    assertThat(verdict.withMonolift()).contains("preStop hook asks over the network");
    assertThat(DrainableCondition.of(verdict, null).getStatus()).isEqualTo("Unknown");
  }

  @Test
  void anyWordsHaveAVerdict() {
    var words =
        List.of(
            "sh",
            "-c",
            "--",
            "-",
            "",
            "tini",
            "env",
            "A=b",
            "php",
            "-r",
            "exec",
            "$@",
            "supervisord",
            "timeout",
            "gosu",
            "-o",
            "f() { f; }; f",
            "exec \"$@\"",
            "trap",
            "sh -c 'php x'",
            "$(A)",
            "while",
            "bash",
            "-lc",
            "trap 'f' TERM; f() { f; }; php x & wait",
            "/app/run.sh");
    for (int i = 0; i < Seeds.count(3000); i++) {
      var random = new Random(SEED + i);
      var command = random.ints(random.nextInt(7), 0, words.size()).mapToObj(words::get).toList();
      var template = template("php:8.2-cli", t -> t.setCommand(command));

      var verdict = EntrypointLint.of(template, null, null, List.of());

      assertThat(verdict.message()).as("seed %d: %s", SEED + i, command).endsWith(".");
    }
  }

  @Test
  void theSignalThatTheProgramWantsCounts() {
    var quit = new DrainSpec(null, Signal.QUIT, null, null, null, null);
    var fpm = template("php:8.2-fpm", t -> t.setCommand(List.of("php", "w.php")));
    var cli = template("php:8.2-cli", t -> t.setCommand(List.of("php", "w.php")));

    assertThat(EntrypointLint.of(fpm, null, quit, List.of()).shape())
        .isEqualTo(EntrypointShape.DirectPhp);
    assertThat(EntrypointLint.of(cli, null, quit, List.of()).shape())
        .isEqualTo(EntrypointShape.ForeignStopSignal);
  }

  @Test
  void anOwnPreStopHookThatKillsIsNoAlarm() {
    var none = new DrainSpec(Program.None, null, null, null, null, null);
    var template =
        new PodTemplateSpecBuilder(
                template("php:8.2-cli", t -> t.setCommand(List.of("sh", "-c", "php w.php; true"))))
            .editSpec()
            .editFirstContainer()
            .withNewLifecycle()
            .withNewPreStop()
            .withNewExec()
            .withCommand("sh", "-c", "pkill -TERM php; sleep 20")
            .endExec()
            .endPreStop()
            .endLifecycle()
            .endContainer()
            .endSpec()
            .build();

    var verdict = EntrypointLint.of(template, null, none, List.of());

    assertThat(verdict.severity()).isEqualTo(Severity.Info);
    assertThat(verdict.withoutMonolift()).contains("preStop hook may stop it");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theConditionAgreesWithTheVerdict(EntrypointCase it) {
    for (Program role : List.of(Program.Wrap, Program.Hook, Program.None)) {
      var verdict = it.verdict(role);
      var condition = DrainableCondition.of(verdict, 7L);

      assertThat(condition.getStatus().equals("False"))
          .isEqualTo(verdict.severity() == Severity.Problem);
      assertThat(condition.getReason()).matches("[A-Z][A-Za-z]+");
      assertThat(condition.getMessage()).hasSizeLessThan(700).endsWith(".");
      assertThat(condition.getObservedGeneration()).isEqualTo(7L);
    }
  }

  private static PodTemplateSpec template(String image, Consumer<Container> edit) {
    var template =
        new PodTemplateSpecBuilder()
            .withNewSpec()
            .addNewContainer()
            .withName("worker")
            .withImage(image)
            .endContainer()
            .endSpec()
            .build();
    edit.accept(template.getSpec().getContainers().getFirst());
    return template;
  }
}
