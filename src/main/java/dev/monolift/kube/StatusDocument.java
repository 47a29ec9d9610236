package dev.monolift.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.monolift.fields.Json;
import dev.monolift.plan.Conditions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A status as JSON: compared, and changed in one condition while the rest stays as it is. */
final class StatusDocument {
  private static final Comparator<JsonNode> VALUES = (a, b) -> Json.sameValue(a, b) ? 0 : 1;

  private StatusDocument() {}

  /** Whether two statuses say the same; 1 is the same number as an int and as a long. */
  static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
    if (a == null || a.isNull() || a.isEmpty()) {
      return b == null || b.isNull() || b.isEmpty();
    }
    return b != null && a.equals(VALUES, b);
  }

  /**
   * A status whose Ready condition tells of a problem; everything else is as it was.
   *
   * @param current the current status; null means none
   * @param problem the problem
   * @param generation generation of the resource; null leaves it out
   * @param now time of the transition, if this is one
   * @return a new status
   */
  static ObjectNode withProblem(
      @Nullable JsonNode current,
      ErrorStatus.Problem problem,
      @Nullable Long generation,
      Instant now) {
    ObjectNode status =
        current instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    ArrayNode conditions =
        status.get("conditions") instanceof ArrayNode array ? array : status.putArray("conditions");
    int index = ready(conditions);
    JsonNode before = conditions.path(index);
    ObjectNode ready = JsonNodeFactory.instance.objectNode();
    ready.put("type", Conditions.READY);
    ready.put("status", problem.status().name());
    ready.put("reason", problem.reason());
    ready.put("message", problem.message());
    boolean transition = !before.path("status").asText().equals(problem.status().name());
    ready.put(
        "lastTransitionTime",
        transition
            ? now.truncatedTo(ChronoUnit.SECONDS).toString()
            : before.path("lastTransitionTime").asText());
    if (generation != null) {
      ready.put("observedGeneration", generation);
    }
    if (before.isMissingNode()) {
      conditions.insert(0, ready);
    } else {
      conditions.set(index, ready);
    }
    return status;
  }

  /**
   * A status with the Ready condition of another one.
   *
   * @param status the status
   * @param other a status that has a Ready condition
   * @return a new status
   */
  static JsonNode withReady(JsonNode status, JsonNode other) {
    JsonNode ready = other.path("conditions").path(ready(other.path("conditions")));
    ObjectNode copy = status.deepCopy();
    ArrayNode conditions =
        copy.get("conditions") instanceof ArrayNode array ? array : copy.putArray("conditions");
    int index = ready(conditions);
    if (index < conditions.size()) {
      conditions.set(index, ready);
    } else {
      conditions.insert(0, ready);
    }
    return copy;
  }

  private static int ready(JsonNode conditions) {
    int index = 0;
    while (index < conditions.size()
        && !conditions.get(index).path("type").asText().equals(Conditions.READY)) {
      index++;
    }
    return index;
  }
}
