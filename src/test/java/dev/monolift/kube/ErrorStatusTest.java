package dev.monolift.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.MonolithWorkerSpec;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorStatusTest {

  private static KubernetesClientException answer(int code, String message) {
    return new KubernetesClientException(
        new StatusBuilder().withCode(code).withMessage(message).build());
  }

  private static WriteFailure write(int code, String message) {
    return new WriteFailure("Deployment", "shop/mailer", "apply", answer(code, message));
  }

  @ParameterizedTest
  @CsvSource({
    "400, False, DeploymentRejected",
    "422, False, DeploymentRejected",
    "403, False, Forbidden",
    "429, Unknown, ApiServerUnavailable",
    "500, Unknown, ApiServerUnavailable",
    "503, Unknown, ApiServerUnavailable"
  })
  void aRefusedWriteHasAReasonAndTheServersWords(int code, String status, String reason) {
    var problem = ErrorStatus.of(write(code, "the server's words")).orElseThrow();

    assertThat(problem.status().name()).isEqualTo(status);
    assertThat(problem.reason()).isEqualTo(reason);
    assertThat(problem.message())
        .contains("apply Deployment shop/mailer: the server's words.")
        .endsWith(".");
    assertThat(problem.expected()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void whatTheNextAttemptSettlesIsNotReported(int code) {
    assertThat(ErrorStatus.of(write(code, "x"))).isEmpty();
  }

  @Test
  void aLostLeaseIsNotReported() {
    assertThat(ErrorStatus.of(new NotLeading())).isEmpty();
  }

  @Test
  void aReadThatIsForbiddenNamesTheRole() {
    var problem = ErrorStatus.of(answer(403, "configmaps is forbidden")).orElseThrow();

    assertThat(problem.reason()).isEqualTo("Forbidden");
    assertThat(problem.message()).contains("configmaps is forbidden.").contains("role");
  }

  @Test
  void aConnectionThatBreaksIsTheApiServerBeingAway() {
    var problem =
        ErrorStatus.of(new KubernetesClientException("GET failed", new IOException("no route")))
            .orElseThrow();

    assertThat(problem.reason()).isEqualTo("ApiServerUnavailable");
    assertThat(problem.message()).contains("no route").contains("tried again");
  }

  @Test
  void anythingElseIsADefectOfOurs() {
    var problem = ErrorStatus.of(new IllegalStateException("oops")).orElseThrow();

    assertThat(problem.reason()).isEqualTo("InternalError");
    assertThat(problem.status().name()).isEqualTo("Unknown");
    assertThat(problem.message())
        .contains("IllegalStateException")
        .doesNotContain("oops")
        .contains("defect");
    assertThat(problem.expected()).isFalse();
  }

  @Test
  void aLongAnswerIsCut() {
    assertThat(ErrorStatus.of(write(422, "x".repeat(40_000))).orElseThrow().message())
        .hasSizeLessThan(2_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"minReadySeconds\": 99999999999} | minReadySeconds is 99999999999, which is not an integer of 32 bits.",
        "{\"minReadySeconds\": \"soon\"} | minReadySeconds is soon, which is not an integer of 32 bits.",
        "{\"template\": {\"spec\": {\"containers\": {}}}} | template.spec.containers is not a list.",
        "{\"template\": {\"spec\": {\"containers\": [{\"env\": \"x\"}]}}} | template.spec.containers[0].env is not a list.",
        "{\"adopt\": \"Perhaps\"} | adopt is Perhaps, which is not one of Never, DryRun, Take."
      })
  void aValueThatCannotBeReadIsNamedWithItsPath(String spec, String sentence) {
    var serialization = new KubernetesSerialization();
    Map<?, ?> tree = serialization.unmarshal(spec, Map.class);
    @Nullable RuntimeException failure = null;
    try {
      serialization.convertValue(tree, MonolithWorkerSpec.class);
    } catch (IllegalArgumentException e) {
      failure = e;
    }

    var unreadable = UnreadableResource.of(Objects.requireNonNull(failure));

    assertThat(unreadable).hasMessage(sentence);
    assertThat(ErrorStatus.of(unreadable).orElseThrow().message())
        .startsWith(sentence)
        .endsWith("what runs stays as it is.");
  }
}
