package dev.monolift.node;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** MariaDB in a pod, under the host name {@code database} in its namespace. */
final class DatabasePod implements Sql {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final NodeKubectl kubectl;

  private DatabasePod(NodeKubectl kubectl) {
    this.kubectl = kubectl;
  }

  /**
   * Starts it.
   *
   * @param kubectl where; the pod goes with the namespace
   * @return it, ready for statements
   */
  static DatabasePod start(NodeKubectl kubectl) {
    kubectl.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: database, labels: {monolift.test/database: "true"}}
        spec:
          enableServiceLinks: false
          automountServiceAccountToken: false
          terminationGracePeriodSeconds: 1
          containers:
          - name: database
            image: %s
            imagePullPolicy: IfNotPresent
            args: [mariadb, --skip-name-resolve]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: database}
        spec:
          selector: {monolift.test/database: "true"}
          ports: [{port: 3306}]
        """
            .formatted(kubectl.cluster().image("database")));
    var database = new DatabasePod(kubectl);
    await("MariaDB")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsMatching(AssertionError.class::isInstance) // not up yet
        .until(() -> database.run("SELECT 1;").strip().equals("1"));
    return database;
  }

  @Override
  public String run(String statements) {
    return kubectl.feed(statements, "exec", "-i", "database", "--", "mariadb", "-N", "-B");
  }
}
