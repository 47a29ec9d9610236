package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import java.util.List;
import java.util.Random;

/** Workers as people might write them, from a seed. */
final class RandomWorkers {
  private final Random random;

  RandomWorkers(long seed) {
    this.random = new Random(seed);
  }

  boolean flip() {
    return random.nextBoolean();
  }

  String oneOf(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  /** A good worker. */
  MonolithWorker good() {
    return worker("registry.example/shop:" + random.nextInt(9));
  }

  /** A worker that cannot be carried out. */
  MonolithWorker bad() {
    MonolithWorker worker = good();
    var template = worker.getSpec().template();
    switch (random.nextInt(4)) {
      case 0 -> template.getSpec().setContainers(List.of());
      case 1 -> template.getSpec().setRestartPolicy("OnFailure");
      case 2 -> template.getMetadata().getAnnotations().put("monolift.dev/x", "y");
      default -> template.getSpec().getContainers().getFirst().setName("other");
    }
    return worker;
  }

  private MonolithWorker worker(String image) {
    return GoldenCase.YAML.unmarshal(
        """
        apiVersion: monolift.dev/v1alpha1
        kind: MonolithWorker
        metadata: {name: mail, namespace: shop, uid: ours, generation: 1, creationTimestamp: "2026-02-01T00:00:00Z"}
        spec:
          container: php
          replicas: %d
          %s
          %s
          %s
          template:
            metadata: {labels: {app: mail%s}, annotations: {note: "%s"}}
            spec:
              %s
              containers:
              - {name: php, image: "%s"%s}
              %s
        """
            .formatted(
                random.nextInt(4),
                oneOf("", "minReadySeconds: 0", "minReadySeconds: 5", "revisionHistoryLimit: 0"),
                oneOf("", "deletionPolicy: Delete", "deletionPolicy: Orphan"),
                oneOf(
                    "",
                    "strategy: {type: Recreate}",
                    "strategy: {rollingUpdate: {maxSurge: 0}}",
                    "dns: {ndots: 2}",
                    "dns: {libc: glibc}"),
                oneOf("", ", team: a", ", empty: \"\""),
                oneOf("x", "y"),
                oneOf(
                    "",
                    "hostNetwork: false",
                    "serviceAccountName: mail",
                    "nodeSelector: {a: \"\"}"),
                image,
                oneOf(
                    "",
                    ", env: [{name: A, value: \"\"}, {name: B, value: b}]",
                    ", tty: false, resources: {requests: {cpu: \"0.5\"}, limits: {memory: 1024Mi}}",
                    ", livenessProbe: {httpGet: {port: 80}, initialDelaySeconds: 0}",
                    ", ports: [{containerPort: 80}, {containerPort: 80, protocol: UDP}]"),
                oneOf("", "- {name: logs, image: busybox}")),
        MonolithWorker.class);
  }
}
