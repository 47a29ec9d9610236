package dev.monolift.consumers;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Where a history happens: a namespace with one worker, and nodes that no other pods run on, so
 * that a drain is nobody else's.
 *
 * @param api an administrator's way in
 * @param namespace the namespace
 */
record Scene(Api api, String namespace) {
  static final int NODES = 2;
  static final String WORKER = "job";
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Whoever has no reason to be late is tolerated to find an object gone or changed. */
  static final Set<Integer> MOVED_ON = Set.of(404, 409);

  private static final String HISTORY = "monolift.test/history";

  void addNodes() {
    IntStream.range(0, NODES).forEach(this::addNode);
    await()
        .atMost(PATIENCE)
        .until(() -> IntStream.range(0, NODES).allMatch(i -> isReady(api.get(nodePath(i)))));
  }

  private void addNode(int index) {
    api.send(
        "POST",
        "/api/v1/nodes",
        Api.JSON,
        """
        {"metadata": {"name": "%s", "annotations": {"kwok.x-k8s.io/node": "fake"},
          "labels": {"%s": "%s", "kubernetes.io/os": "linux"}}}
        """
            .formatted(node(index), HISTORY, namespace),
        Set.of());
  }

  private static boolean isReady(JsonNode node) {
    return StreamSupport.stream(node.path("status").path("conditions").spliterator(), false)
        .anyMatch(
            c ->
                c.path("type").asText().equals("Ready")
                    && c.path("status").asText().equals("True"));
  }

  String node(int index) {
    return namespace + "-" + index;
  }

  String nodePath(int index) {
    return "/api/v1/nodes/" + node(index);
  }

  String podPath(String name) {
    return "/api/v1/namespaces/" + namespace + "/pods/" + name;
  }

  String leasePath(String name) {
    return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases/" + name;
  }

  String workerPath() {
    return "/apis/monolift.dev/v1alpha1/namespaces/" + namespace + "/monolithworkers/" + WORKER;
  }

  String deploymentPath() {
    return "/apis/apps/v1/namespaces/" + namespace + "/deployments/" + WORKER;
  }

  /** Creates the worker; its pods end when the test says so, on the nodes of this scene. */
  void createWorker(int replicas, int max) {
    api.send(
        "POST",
        workerPath().substring(0, workerPath().lastIndexOf('/')),
        Api.JSON,
        """
        {"apiVersion": "monolift.dev/v1alpha1", "kind": "MonolithWorker", "metadata": {"name": "%s"},
         "spec": {"replicas": %d, "consumers": {"max": %d}, "template": {
           "metadata": {"annotations": {"monolift.test/ended-by-hand": "true", "%s": "0"}},
           "spec": {"terminationGracePeriodSeconds": 600, "nodeSelector": {"%s": "%s"},
             "containers": [{"name": "php", "image": "example.test/php:1", "command": ["php", "worker.php"]}]}}}}
        """
            .formatted(WORKER, replicas, max, Fact.TEMPLATE, HISTORY, namespace),
        Set.of());
  }

  /** The pods as they are now, by name. */
  List<JsonNode> pods() {
    var items = api.get("/api/v1/namespaces/" + namespace + "/pods").path("items");
    return StreamSupport.stream(items.spliterator(), false).toList();
  }

  /** Leaves nothing behind that keeps the cluster busy. */
  void remove() {
    api.send("DELETE", workerPath(), Api.JSON, "", MOVED_ON);
    api.send("DELETE", deploymentPath(), Api.JSON, "", MOVED_ON);
    for (JsonNode pod : pods()) {
      String path = podPath(pod.path("metadata").path("name").asText());
      // nobody judges the end of these
      api.send("PATCH", path, Api.MERGE, "{\"metadata\":{\"finalizers\":null}}", MOVED_ON);
      api.send("DELETE", path, Api.JSON, "{\"gracePeriodSeconds\":0}", MOVED_ON);
    }
    IntStream.range(0, NODES).forEach(i -> api.send("DELETE", nodePath(i), Api.JSON, "", MOVED_ON));
  }
}
