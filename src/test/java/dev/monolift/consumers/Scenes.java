package dev.monolift.consumers;

import dev.monolift.operator.OperatorIdentity;
import dev.monolift.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Sets scenes on the shared cluster.
 *
 * @param api an administrator's way in
 * @param kubeconfig the operator's way in, with the rights that are shipped
 */
record Scenes(Api api, Path kubeconfig) {
  static Scenes open() {
    var cluster = TestCluster.shared();
    cluster.installCrds();
    try {
      Path folder = Files.createTempDirectory("monolift-consumers");
      return new Scenes(Api.of(cluster.kubeconfig()), OperatorIdentity.kubeconfig(cluster, folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A scene for one history. */
  Scene set() {
    var scene = new Scene(api, TestCluster.shared().newNamespace("history"));
    scene.addNodes();
    allowElection(scene.namespace());
    return scene;
  }

  /** Histories run side by side, so each has an election of its own. */
  private void allowElection(String namespace) {
    String path = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
    api.send(
        "POST",
        path + "/roles",
        Api.JSON,
        """
        {"metadata": {"name": "leader"}, "rules": [{"apiGroups": ["coordination.k8s.io"],
          "resources": ["leases"], "verbs": ["get", "create", "update", "patch"]}]}
        """,
        Set.of());
    api.send(
        "POST",
        path + "/rolebindings",
        Api.JSON,
        """
        {"metadata": {"name": "leader"},
          "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "leader"},
          "subjects": [{"kind": "ServiceAccount", "name": "monolift", "namespace": "%s"}]}
        """
            .formatted(OperatorIdentity.NAMESPACE),
        Set.of());
  }
}
