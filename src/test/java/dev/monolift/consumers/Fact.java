package dev.monolift.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change that etcd has seen. etcd numbers all changes of all objects in one row, so versions
 * say what came first; no clock does.
 */
sealed interface Fact {
  /** The gate of Monolift, as its documentation spells it. */
  String GATE = "monolift.dev/start";

  /** Annotation of a worker's template that tells the templates of one history apart. */
  String TEMPLATE = "monolift.test/template";

  /** etcd's number of the change. */
  long version();

  /**
   * A pod was written or is gone.
   *
   * @param version etcd's number of the change
   * @param uid uid of the pod
   * @param name its name
   * @param state what it is after the change
   * @param template which of the history's templates it was made from
   */
  record Pod(long version, String uid, String name, State state, String template) implements Fact {
    /** A pod that may hold a job of the queue: it was let in and has not ended. */
    boolean isLive() {
      return state.exists && !state.gated && !state.ended();
    }

    boolean isTerminating() {
      return state.exists && state.deleting;
    }

    boolean isWaiting() {
      return state.exists && state.gated && !state.deleting;
    }

    boolean isRunning() {
      return isLive() && !state.deleting && state.phase.equals("Running");
    }
  }

  /**
   * What a pod is.
   *
   * @param exists false after its deletion
   * @param gated whether Monolift's gate is still there
   * @param deleting whether its deletion was asked for
   * @param phase its phase; empty when it has none
   */
  record State(boolean exists, boolean gated, boolean deleting, String phase) {
    private static final Set<String> FINAL = Set.of("Succeeded", "Failed");

    boolean ended() {
      return FINAL.contains(phase);
    }
  }

  /**
   * A worker was written.
   *
   * @param version etcd's number of the change
   * @param generation number of its spec
   * @param observed number of the spec that its status speaks of; 0 before there is one
   * @param replicas wanted pods
   * @param max greatest number of consumers; null is no bound
   */
  record Worker(long version, long generation, long observed, int replicas, @Nullable Integer max)
      implements Fact {}

  /** A line of a watch on pods. */
  static Pod pod(JsonNode event) {
    JsonNode pod = event.path("object");
    JsonNode metadata = pod.path("metadata");
    boolean gated = false;
    for (JsonNode gate : pod.path("spec").path("schedulingGates")) {
      gated |= gate.path("name").asText().equals(GATE);
    }
    return new Pod(
        metadata.path("resourceVersion").asLong(),
        metadata.path("uid").asText(),
        metadata.path("name").asText(),
        new State(
            !event.path("type").asText().equals("DELETED"),
            gated,
            metadata.has("deletionTimestamp"),
            pod.path("status").path("phase").asText()),
        metadata.path("annotations").path(TEMPLATE).asText());
  }

  /** A line of a watch on workers. */
  static Worker worker(JsonNode event) {
    JsonNode worker = event.path("object");
    JsonNode max = worker.path("spec").path("consumers").path("max");
    return new Worker(
        worker.path("metadata").path("resourceVersion").asLong(),
        worker.path("metadata").path("generation").asLong(),
        worker.path("status").path("observedGeneration").asLong(),
        worker.path("spec").path("replicas").asInt(1),
        max.isInt() ? (Integer) max.asInt() : null);
  }
}
