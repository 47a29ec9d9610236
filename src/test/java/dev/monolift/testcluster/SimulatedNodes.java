package dev.monolift.testcluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.Map;

/** Nodes that KWOK plays: pods on them run at once and end when deleted; jobs complete. */
final class SimulatedNodes {
  /** The nodes that KWOK cares for; a real kubelet's node beside them does not have it. */
  static final String ANNOTATION = "kwok.x-k8s.io/node";

  private SimulatedNodes() {}

  /** One node, as the API server wants it created. */
  static Node node(String name) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .withAnnotations(Map.of(ANNOTATION, "fake"))
        .withLabels(
            Map.of(
                "kubernetes.io/hostname", name,
                "kubernetes.io/os", "linux",
                "kubernetes.io/arch", "amd64"))
        .endMetadata()
        .build();
  }
}
