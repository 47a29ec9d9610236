package dev.monolift.demo;

import dev.monolift.api.v1alpha1.DnsStatus;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.demo.Text.Style;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of each worker: namespaces, workers, their children, and the decisions. */
final class WorkerTree {
  private final Snapshot snapshot;

  private WorkerTree(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  static List<TreeNode> of(Snapshot snapshot) {
    var tree = new WorkerTree(snapshot);
    Map<String, List<TreeNode>> namespaces = new TreeMap<>();
    for (MonolithWorker worker : snapshot.workers()) {
      namespaces
          .computeIfAbsent(worker.getMetadata().getNamespace(), name -> new ArrayList<>())
          .add(tree.worker(worker));
    }
    return namespaces.entrySet().stream()
        .map(
            entry ->
                new TreeNode(
                    0, Text.of("Namespace ").then(Style.BOLD, entry.getKey()), entry.getValue()))
        .toList();
  }

  private TreeNode worker(MonolithWorker worker) {
    var children = new ArrayList<TreeNode>();
    MonolithWorkerStatus status = worker.getStatus();
    List<Condition> conditions =
        status == null ? List.of() : Objects.requireNonNullElse(status.conditions(), List.of());
    children.addAll(conditions(conditions));
    for (Deployment deployment : snapshot.deployments()) {
      if (isChild(worker, deployment)) {
        children.add(deployment(deployment));
      }
    }
    for (var configMap : snapshot.configMaps()) {
      if (isChild(worker, configMap)) {
        children.add(TreeNode.leaf(1, named("ConfigMap", configMap)));
      }
    }
    if (status != null && status.dns() != null) {
      children.add(dns(status.dns()));
    }
    return new TreeNode(0, headline(worker, status), children);
  }

  private static Text headline(MonolithWorker worker, @Nullable MonolithWorkerStatus status) {
    Text text = named("MonolithWorker", worker);
    if (status == null) {
      return text.then(Style.BUSY, "  not seen by the operator yet");
    }
    int ready = Objects.requireNonNullElse(status.readyReplicas(), 0);
    return text.then("  " + ready + "/" + worker.getSpec().replicas() + " ready");
  }

  /** Those that hold on one line; each other one with its sentence. */
  private static List<TreeNode> conditions(List<Condition> conditions) {
    var nodes = new ArrayList<TreeNode>();
    Text holding = new Text(List.of());
    for (Condition condition : conditions) {
      String value = condition.getType() + "=" + condition.getStatus();
      if ("True".equals(condition.getStatus())) {
        holding = holding.then(holding.spans().isEmpty() ? "" : "  ").then(Style.GOOD, value);
      } else {
        Style style = "False".equals(condition.getStatus()) ? Style.BAD : Style.BUSY;
        String sentence = condition.getReason() + ": " + condition.getMessage().replace("\n", " ");
        nodes.add(TreeNode.leaf(0, Text.of(style, value).then("  " + sentence)));
      }
    }
    if (!holding.plain().isEmpty()) {
      nodes.add(TreeNode.leaf(1, holding));
    }
    return nodes;
  }

  private TreeNode deployment(Deployment deployment) {
    int wanted = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
    var status = deployment.getStatus();
    int ready = status == null ? 0 : Objects.requireNonNullElse(status.getReadyReplicas(), 0);
    List<TreeNode> replicaSets =
        snapshot.replicaSets().stream()
            .filter(set -> isOwned(set, deployment) && set.getSpec().getReplicas() > 0)
            .map(this::replicaSet)
            .toList();
    return new TreeNode(
        1,
        named("Deployment", deployment).then(counted(ready, wanted), "  " + ready + "/" + wanted),
        replicaSets);
  }

  private TreeNode replicaSet(ReplicaSet set) {
    int wanted = set.getSpec().getReplicas();
    var status = set.getStatus();
    int ready = status == null ? 0 : Objects.requireNonNullElse(status.getReadyReplicas(), 0);
    List<TreeNode> pods =
        snapshot.pods().stream().filter(pod -> isOwned(pod, set)).map(WorkerTree::pod).toList();
    return new TreeNode(
        3,
        named("ReplicaSet", set).then(counted(ready, wanted), "  " + ready + "/" + wanted),
        pods);
  }

  private static TreeNode pod(Pod pod) {
    boolean leaving = pod.getMetadata().getDeletionTimestamp() != null;
    String phase = leaving ? "Terminating" : pod.getStatus().getPhase();
    Style style =
        phase.equals("Running") ? Style.GOOD : phase.equals("Failed") ? Style.BAD : Style.BUSY;
    return TreeNode.leaf(4, named("Pod", pod).then(style, "  " + phase));
  }

  private static TreeNode dns(DnsStatus dns) {
    List<DnsStatus.Decision> decisions = Objects.requireNonNullElse(dns.endpoints(), List.of());
    List<TreeNode> nodes = decisions.stream().map(WorkerTree::decision).toList();
    Text text = Text.of("DNS ").then(Style.BOLD, "ndots " + dns.ndots());
    return new TreeNode(2, text.then(Style.DIM, "  " + dns.ndotsReason()), nodes);
  }

  private static TreeNode decision(DnsStatus.Decision decision) {
    boolean fewer = decision.queriesAfter() < decision.queriesBefore();
    return TreeNode.leaf(
        2,
        Text.of(decision.setting() + "  ")
            .then(Style.BOLD, decision.written())
            .then(
                fewer ? Style.GOOD : Style.BUSY,
                "  " + decision.queriesBefore() + " → " + decision.queriesAfter() + " queries")
            .then(Style.DIM, "  " + decision.reason()));
  }

  private static Style counted(int ready, int wanted) {
    return ready == wanted ? Style.GOOD : Style.BUSY;
  }

  private static Text named(String kind, HasMetadata object) {
    return Text.of(kind + " ").then(Style.BOLD, object.getMetadata().getName());
  }

  private static boolean isChild(MonolithWorker worker, HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations != null
        && worker.getMetadata().getUid().equals(annotations.get(Labels.OWNER_UID));
  }

  private static boolean isOwned(HasMetadata object, HasMetadata owner) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(reference -> owner.getMetadata().getUid().equals(reference.getUid()));
  }
}
