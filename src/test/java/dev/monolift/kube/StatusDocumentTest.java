package dev.monolift.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.monolift.kube.ErrorStatus.Problem;
import dev.monolift.plan.Conditions.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusDocumentTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Problem PROBLEM = new Problem(Status.False, "Wrong", "Do this.", true);

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void aProblemChangesOnlyTheReadyCondition() throws Exception {
    var before =
        json(
            """
            {"replicas": 3, "conditions": [
              {"type": "Available", "status": "True"},
              {"type": "Ready", "status": "True", "reason": "Fine", "message": "",
               "lastTransitionTime": "2020-01-01T00:00:00Z"}]}
            """);

    var after = StatusDocument.withProblem(before, PROBLEM, 7L, NOW);

    assertThat(
            StatusDocument.same(
                after,
                json(
                    """
                {"replicas": 3, "conditions": [
                  {"type": "Available", "status": "True"},
                  {"type": "Ready", "status": "False", "reason": "Wrong", "message": "Do this.",
                   "lastTransitionTime": "2026-01-02T03:04:05Z", "observedGeneration": 7}]}
                """)))
        .as(after.toString())
        .isTrue();
    assertThat(before.at("/conditions/1/status").asText()).isEqualTo("True");
  }

  @Test
  void theSameProblemAgainChangesNothing() {
    var once = StatusDocument.withProblem(null, PROBLEM, 7L, NOW);
    var twice = StatusDocument.withProblem(once, PROBLEM, 7L, NOW.plusSeconds(60));

    assertThat(StatusDocument.same(once, twice)).isTrue();
  }

  @Test
  void numbersAreComparedByValue() {
    var nodes = JsonNodeFactory.instance;

    assertThat(StatusDocument.same(nodes.objectNode().put("a", 1), nodes.objectNode().put("a", 1L)))
        .isTrue();
    assertThat(StatusDocument.same(nodes.objectNode().put("a", 1), nodes.objectNode().put("a", 2L)))
        .isFalse();
  }

  @Test
  void noStatusAndAnEmptyOneAreTheSame() {
    var nodes = JsonNodeFactory.instance;

    assertThat(StatusDocument.same(null, nodes.objectNode())).isTrue();
    assertThat(StatusDocument.same(nodes.nullNode(), null)).isTrue();
    assertThat(StatusDocument.same(null, nodes.objectNode().put("a", 1))).isFalse();
  }
}
