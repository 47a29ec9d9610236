package dev.monolift.node;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one subject, and what can be done to them.
 *
 * @param scene where
 * @param subject whose
 */
record Crew(NodeScene scene, Subject subject) {
  void scale(int replicas) {
    scene.kubectl.run("scale", subject.resource(), "--replicas=" + replicas);
  }

  /** Gives it another template. */
  void changeTemplate(int version) {
    annotate(subject.resource(), Subject.TEMPLATE, version);
  }

  private void annotate(String resource, String annotation, Object value) {
    scene.kubectl.run(
        "patch",
        resource,
        "--type=merge",
        "-p",
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}}}"
            .formatted(annotation, value));
  }

  /** What {@code kubectl rollout restart} does, which itself refuses it twice in a second. */
  void restart() {
    annotate("deployment/" + subject.name(), "kubectl.kubernetes.io/restartedAt", Instant.now());
  }

  /** Some of the pods that work and have not been asked to end. */
  List<String> some(int count, Random random) {
    var working =
        new ArrayList<>(pods().stream().filter(PodLife::isAtWork).map(PodLife::pod).toList());
    Collections.shuffle(working, random);
    return List.copyOf(working.subList(0, Math.min(count, working.size())));
  }

  List<PodLife> pods() {
    return scene.pods.of(subject);
  }

  /** Whether exactly so many pods of the newest template work, and none is ending. */
  boolean isSettled(int replicas, int version) {
    return pods().stream().filter(PodLife::isAtWork).count() == replicas
        && pods().stream().noneMatch(PodLife::isEnding)
        && isRolledOut(replicas, version);
  }

  private boolean isRolledOut(int replicas, int version) {
    Deployment deployment =
        scene
            .cluster
            .client()
            .apps()
            .deployments()
            .inNamespace(scene.namespace)
            .withName(subject.name())
            .get();
    if (deployment == null) {
      return false;
    }
    var status = deployment.getStatus();
    String template =
        deployment.getSpec().getTemplate().getMetadata().getAnnotations().get(Subject.TEMPLATE);
    return String.valueOf(version).equals(template)
        && deployment.getSpec().getReplicas() == replicas
        && deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
        && is(status.getReplicas(), replicas)
        && is(status.getUpdatedReplicas(), replicas)
        && is(status.getAvailableReplicas(), replicas);
  }

  private static boolean is(@Nullable Integer count, int wanted) {
    return (count == null ? 0 : count) == wanted;
  }
}
