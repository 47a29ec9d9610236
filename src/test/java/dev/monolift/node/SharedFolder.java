package dev.monolift.node;

import static org.awaitility.Awaitility.await;

import dev.monolift.crd.Kubectl;
import dev.monolift.testcluster.TestCluster;
import java.time.Duration;
import java.util.List;

/**
 * A folder of the node in which the pods of a namespace write down what they do, so that it is
 * there when they are gone; and a pod through which the test gets at it.
 */
final class SharedFolder {
  /** Where containers have it. */
  static final String PATH = "/notes";

  private static final String KEEPER = "keeper";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Kubectl kubectl;

  private SharedFolder(Kubectl kubectl) {
    this.kubectl = kubectl;
  }

  /** Makes the folder of a namespace. */
  static SharedFolder make(TestCluster cluster, Kubectl kubectl) {
    var folder = new SharedFolder(kubectl);
    kubectl
        .apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s}
            spec:
              terminationGracePeriodSeconds: 1
              volumes: [%s]
              containers:
              - name: keeper
                image: %s
                imagePullPolicy: IfNotPresent
                command: [sh, -c, "chmod 1777 %s && touch /tmp/open && exec sleep infinity"]
                readinessProbe: {exec: {command: [test, -e, /tmp/open]}, periodSeconds: 1}
                volumeMounts: [{name: notes, mountPath: %s}]
            """
                .formatted(KEEPER, folder.volume(), cluster.image("php"), PATH, PATH))
        .orFail();
    kubectl
        .run(
            "wait",
            "--for=condition=Ready",
            "pod/" + KEEPER,
            "--timeout=" + PATIENCE.toSeconds() + "s")
        .orFail();
    return folder;
  }

  /** The volume {@code notes}, as YAML in braces. */
  String volume() {
    return "{name: notes, hostPath: {path: /var/lib/monolift-notes/%s, type: DirectoryOrCreate}}"
        .formatted(kubectl.namespace());
  }

  /** Runs a shell script there and returns what it printed. */
  String shell(String script) {
    return kubectl
        .run("exec", KEEPER, "--", "sh", "-c", "umask 0; cd " + PATH + " && " + script)
        .orFail();
  }

  /** The lines of a file; none when it is not there. */
  List<String> lines(String file) {
    return shell("cat '" + file + "' 2>/dev/null || :").lines().toList();
  }

  /** Waits until a file has a line that begins so. */
  void awaitLine(String file, String beginning) {
    await(beginning + " in " + file)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> lines(file).stream().anyMatch(line -> line.startsWith(beginning)));
  }
}
