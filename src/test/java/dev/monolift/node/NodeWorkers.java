package dev.monolift.node;

import dev.monolift.plan.Labels;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/**
 * Small workers on a real node, for tests that are about the operator.
 *
 * @param cluster the cluster
 * @param namespace their namespace
 */
record NodeWorkers(TestCluster cluster, String namespace) {
  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("monolift.dev")
          .withVersion("v1alpha1")
          .withKind("MonolithWorker")
          .withPlural("monolithworkers")
          .withNamespaced(true)
          .build();

  private static final String CHANGED = "changed";

  void create(String name) {
    create(name, "");
  }

  /** One whose CronJob restarts it, whenever it is fired. */
  void createWithRestart(String name) {
    create(
        name,
        "restart: {window: {start: \"02:00\", end: \"04:00\"}, timeZone: Europe/Berlin, minAgeSeconds: 0}");
  }

  private void create(String name, String more) {
    cluster
        .client()
        .genericKubernetesResources(KIND)
        .inNamespace(namespace)
        .resource(
            Serialization.unmarshal(
                """
                apiVersion: monolift.dev/v1alpha1
                kind: MonolithWorker
                metadata: {name: %s}
                spec:
                  %s
                  drain: {program: None}
                  template:
                    spec:
                      terminationGracePeriodSeconds: 2
                      containers: [{name: pause, image: "%s", imagePullPolicy: IfNotPresent}]
                """
                    .formatted(name, more, cluster.image("pause")),
                GenericKubernetesResource.class))
        .create();
  }

  private Resource<GenericKubernetesResource> worker(String name) {
    return cluster.client().genericKubernetesResources(KIND).inNamespace(namespace).withName(name);
  }

  /** Changes its pod template. */
  void change(String name) {
    worker(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"%s\":\"1\"}}}}}"
                .formatted(CHANGED));
  }

  /** Whether the change has come to its Deployment, and the status speaks of it. */
  boolean isChanged(String name) {
    Deployment deployment =
        cluster.client().apps().deployments().inNamespace(namespace).withName(name).get();
    var annotations = deployment.getSpec().getTemplate().getMetadata().getAnnotations();
    GenericKubernetesResource worker = worker(name).get();
    return annotations != null
        && annotations.containsKey(CHANGED)
        && worker.get("status", "observedGeneration") instanceof Number seen
        && seen.longValue() == worker.getMetadata().getGeneration();
  }

  boolean isReady(String name) {
    List<Map<String, Object>> conditions = worker(name).get().get("status", "conditions");
    return conditions != null
        && conditions.stream()
            .anyMatch(c -> "Ready".equals(c.get("type")) && "True".equals(c.get("status")));
  }

  /** Name of its only pod that is not ending; empty while there is none. */
  String podName(String name) {
    return cluster
        .client()
        .pods()
        .inNamespace(namespace)
        .withLabel(Labels.WORKER, name)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .map(Pod::getMetadata)
        .map(metadata -> metadata.getName())
        .findFirst()
        .orElse("");
  }
}
