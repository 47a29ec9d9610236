package dev.monolift.kube;

import dev.monolift.metrics.OperatorMeters;
import dev.monolift.plan.FinalizerRelease;
import dev.monolift.plan.Labels;
import dev.monolift.plan.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The pods that are held until their verdict is written, read live and without any operator: with
 * it goes whoever would release them.
 */
public final class HeldPods {
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final Set<String> namespaces;
  private final ClusterWriter writer;

  /**
   * The pods of some namespaces.
   *
   * @param client client; it stays open
   * @param namespaces the namespaces; empty means all
   */
  public HeldPods(KubernetesClient client, Set<String> namespaces) {
    this.client = client;
    this.namespaces = Set.copyOf(namespaces);
    this.writer =
        new ClusterWriter(client, new OperatorMeters(new SimpleMeterRegistry()), () -> true);
  }

  /**
   * The pods. Also those whose label somebody took away, which no operator sees.
   *
   * @return references
   * @throws KubernetesClientException when the API server does not answer or forbids it
   */
  public List<ObjectRef> find() {
    return list(Pod.class, Pods::isHeld);
  }

  /**
   * The Deployments whose new pods will be held.
   *
   * @return references
   * @throws KubernetesClientException when the API server does not answer or forbids it
   */
  public List<ObjectRef> sources() {
    return list(Deployment.class, HeldPods::holds);
  }

  private static boolean holds(Deployment deployment) {
    var metadata = deployment.getSpec().getTemplate().getMetadata();
    return metadata != null && metadata.getFinalizers().contains(Labels.DRAIN_VERDICT);
  }

  private <T extends HasMetadata> List<ObjectRef> list(Class<T> type, Predicate<T> which) {
    var found = new ArrayList<ObjectRef>();
    if (namespaces.isEmpty()) {
      addPages(type, "", which, found);
    }
    namespaces.stream().sorted().forEach(one -> addPages(type, one, which, found));
    return List.copyOf(found);
  }

  private <T extends HasMetadata> void addPages(
      Class<T> type, String namespace, Predicate<T> which, List<ObjectRef> found) {
    String next = "";
    do {
      var options =
          new ListOptionsBuilder().withLimit(PAGE).withContinue(next.isEmpty() ? null : next);
      var resources = client.resources(type);
      var page =
          (namespace.isEmpty() ? resources.inAnyNamespace() : resources.inNamespace(namespace))
              .list(options.build());
      page.getItems().stream().filter(which).map(ObjectRef::of).forEach(found::add);
      String more = page.getMetadata().getContinue();
      next = more == null ? "" : more;
    } while (!next.isEmpty());
  }

  /**
   * Lets a pod go.
   *
   * @param pod the pod
   * @return false when it is gone or not held any more
   * @throws RuntimeException when the API server refuses; the message says what and why
   */
  public boolean release(ObjectRef pod) {
    return writer.release(Pod.class, new FinalizerRelease(pod, Labels.DRAIN_VERDICT), null);
  }
}
