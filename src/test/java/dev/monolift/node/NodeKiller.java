package dev.monolift.node;

import static org.awaitility.Awaitility.await;

import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Kills processes on the node as the kernel or a person there would: nobody is told before. It is a
 * privileged pod, which sees the processes of all pods.
 *
 * @param cluster a cluster with a real node
 */
record NodeKiller(TestCluster cluster) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String SCRIPT =
      """
      for p in /proc/[0-9]*; do
        # one may end while it is looked at
        if cat "$p/environ" 2>/dev/null | tr '\\0' '\\n' | grep -qxF "$1"; then
          kill -KILL "${p#/proc/}" && date +%s%3N
        fi
      done
      """;

  /**
   * Kills every process that has a variable in its environment.
   *
   * @param variable as {@code NAME=VALUE}
   * @return when the first one was killed
   */
  Instant kill(String variable) {
    String namespace = cluster.newNamespace("killer");
    PodResource killer = cluster.client().pods().inNamespace(namespace).withName("killer");
    cluster.client().resource(pod(namespace, variable)).create();
    await()
        .atMost(PATIENCE)
        .until(() -> List.of("Succeeded", "Failed").contains(killer.get().getStatus().getPhase()));
    String output = killer.getLog().strip();
    killer.withGracePeriod(0).delete();
    if (!output.matches("(\\d{13}\\s*)+")) {
      throw new AssertionError("nothing with " + variable + " was killed: " + output);
    }
    return Instant.ofEpochMilli(Long.parseLong(output.lines().findFirst().orElseThrow()));
  }

  private Pod pod(String namespace, String variable) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("killer")
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withHostPID(true)
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("killer")
        .withImage(cluster.image("php"))
        .withImagePullPolicy("IfNotPresent")
        .withCommand("sh", "-c", SCRIPT, "kill", variable)
        .withNewSecurityContext()
        .withPrivileged(true)
        .endSecurityContext()
        .endContainer()
        .endSpec()
        .build();
  }
}
