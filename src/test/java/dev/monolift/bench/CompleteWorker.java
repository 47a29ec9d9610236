package dev.monolift.bench;

import dev.monolift.PackagedFiles;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.dns.ClusterDns;
import dev.monolift.fields.LastApply;
import dev.monolift.monolithworker.MonolithWorkerObservation;
import dev.monolift.monolithworker.MonolithWorkerPlanner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;

/**
 * The worker that is measured: everything that a {@code MonolithWorker} can have and that costs
 * something. This is the one place that says so.
 *
 * <p>It names no file of a ConfigMap of the user's: such a worker is read again once a minute, by
 * design (ADR 8), and "no reads when idle" is promised to the others.
 */
final class CompleteWorker {
  private static final String YAML =
      """
      apiVersion: monolift.dev/v1alpha1
      kind: MonolithWorker
      metadata: {name: NAME}
      spec:
        replicas: 1
        minReadySeconds: 0
        drain: {longestWaitSeconds: 25, longestJobSeconds: 60, busyFile: /tmp/busy}
        onExit: RestartInPlace
        logs: {files: [/var/log/shop/mail*.log]}
        restart: {window: {start: "02:00", end: "05:00"}, timeZone: Asia/Tokyo}
        dns:
          libc: glibc
          endpoints:
            - {env: DATABASE_DSN, host: db-main.corp.example, client: mysql}
            - {env: QUEUE_DSN, host: db-queue.corp.example, client: mysql}
            - phpIni: session.save_path
              value: "tcp://redis-sessions.corp.example:6379"
              host: redis-sessions.corp.example
              client: redis
        template:
          metadata: {labels: {app.kubernetes.io/part-of: shop}}
          spec:
            containers:
              - name: worker
                image: shop/monolith:1
                command: [php, bin/worker.php, NAME]
                env:
                  - {name: DATABASE_DSN, value: mysql:host=db-main.corp.example;dbname=shop}
                  - {name: QUEUE_DSN, value: mysql:host=db-queue.corp.example;dbname=q4m}
                resources:
                  requests: {cpu: 100m, memory: 192Mi}
                  limits: {memory: 384Mi}
      """;

  /** Image of the pods that restart a worker; none runs. */
  static final String IMAGE = "monolift.example/monolift:bench";

  private static final MonolithWorkerPlanner PLANNER =
      new MonolithWorkerPlanner(ClusterDns.DEFAULT, PackagedFiles.drainProgram(), IMAGE);

  private CompleteWorker() {}

  /** Name of the worker whose start gate is measured. */
  static final String BOUNDED = "bounded";

  /** A worker whose pod waits for the end of the one before it. */
  static MonolithWorker bounded(String namespace) {
    MonolithWorker worker =
        Serialization.unmarshal(
            YAML.replace("NAME", BOUNDED)
                .replace("replicas: 1", "replicas: 1\n  consumers: {max: 1}"),
            MonolithWorker.class);
    worker.getMetadata().setNamespace(namespace);
    return worker;
  }

  static String name(int number) {
    return "worker-" + number;
  }

  /** The worker of a number, as a user writes it. */
  static MonolithWorker of(int number, String namespace) {
    MonolithWorker worker =
        Serialization.unmarshal(YAML.replace("NAME", name(number)), MonolithWorker.class);
    worker.getMetadata().setNamespace(namespace);
    return worker;
  }

  /** A JSON patch that a deployment of the shop would be: another image. */
  static String newImage(int version) {
    return "[{\"op\":\"replace\",\"path\":\"/spec/template/spec/containers/0/image\",\"value\":\"shop/monolith:"
        + version
        + "\"}]";
  }

  /**
   * The children that the operator makes for a worker, exactly as it sends them.
   *
   * @param created the worker as the API server has it
   */
  static List<HasMetadata> children(MonolithWorker created) {
    return PLANNER.plan(created, MonolithWorkerObservation.NOTHING, Instant.now()).apply().stream()
        .map(LastApply::marked)
        .toList();
  }
}
