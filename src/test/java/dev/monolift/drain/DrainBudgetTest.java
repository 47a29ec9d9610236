package dev.monolift.drain;

import static dev.monolift.drain.DrainCases.COMMAND;
import static dev.monolift.drain.DrainCases.YAML;
import static dev.monolift.drain.DrainCases.plan;
import static dev.monolift.drain.DrainCases.program;
import static dev.monolift.drain.DrainCases.template;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainBudgetTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, '', -, 30",
        "90, '', 90, 90",
        "-, 'longestJobSeconds: 120', 125, 125",
        "-, 'longestJobSeconds: 120, longestWaitSeconds: 60', 185, 185",
        "-, 'longestWaitSeconds: 60', 65, 65",
        "-, 'longestJobSeconds: 120, longestWaitSeconds: 60, busyFile: /tmp/b', 365, 365",
        "200, 'longestJobSeconds: 120, longestWaitSeconds: 60', 200, 200",
        "185, 'longestJobSeconds: 120, longestWaitSeconds: 60', 185, 185",
      })
  void theGracePeriodIsComputedUnlessTheUserSetIt(
      @Nullable Long given, String drain, @Nullable Long written, String flag) {
    var template = template(COMMAND);
    template.getSpec().setTerminationGracePeriodSeconds(given);
    var result = plan(template, drain);
    assertThat(result.problem()).isNull();
    assertThat(result.template().getSpec().getTerminationGracePeriodSeconds()).isEqualTo(written);
    assertThat(program(result).getCommand()).containsSequence("--grace", flag);
  }

  @Test
  void aGraceThatIsTooShortIsAProblemThatSaysTheSum() {
    var template = template(COMMAND);
    template.getSpec().setTerminationGracePeriodSeconds(184L);
    var problem =
        requireNonNull(plan(template, "longestJobSeconds: 120, longestWaitSeconds: 60").problem());
    assertThat(problem.reason()).isEqualTo("GraceTooShort");
    assertThat(problem.message())
        .contains("is 184", "up to 185 s", "60 of waiting + 120 of a job + 5 to spare");
  }

  @Test
  void aLongGraceKeepsTheNodeAndWarns() {
    var result = plan(COMMAND, "longestJobSeconds: 596");
    assertThat(result.warnings()).extracting("reason").containsExactly("LongGracePeriod");
    assertThat(result.template().getMetadata().getAnnotations())
        .containsEntry(DrainBudget.SAFE_TO_EVICT, "false");
    var users = template(COMMAND);
    users.setMetadata(
        YAML.unmarshal(
            "annotations: {" + DrainBudget.SAFE_TO_EVICT + ": 'true'}", ObjectMeta.class));
    assertThat(plan(users, "longestJobSeconds: 596").template().getMetadata().getAnnotations())
        .containsEntry(DrainBudget.SAFE_TO_EVICT, "true");
    assertThat(plan(COMMAND, "longestJobSeconds: 595").warnings()).isEmpty();
  }

  @Test
  void aSleepBeforeTheStopBecomesAFlagAndAPartOfTheBudget() {
    var result =
        plan(
            "{containers: [{name: php, image: shop, lifecycle: {preStop: {sleep: {seconds: 7}}}}]}",
            "longestJobSeconds: 20");
    var hook = program(result).getLifecycle().getPreStop();
    assertThat(hook.getSleep()).isNull();
    assertThat(hook.getExec().getCommand()).containsSequence("--pre-stop-sleep", "7", "--");
    assertThat(result.template().getSpec().getTerminationGracePeriodSeconds()).isEqualTo(32);
  }
}
