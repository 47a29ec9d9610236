package dev.monolift.node;

import static org.awaitility.Awaitility.await;

import dev.monolift.OperatorOptions.LeaderElection;
import dev.monolift.crd.Kubectl;
import dev.monolift.install.OperatorImage;
import dev.monolift.operator.OperatorIdentity;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The operator as users install it: {@code kubectl apply -k operator/kustomize}, with the image of
 * this build. Closing removes it; the definitions and the rights stay for other tests.
 */
final class InstalledOperator implements AutoCloseable {
  static final String NAMESPACE = OperatorIdentity.NAMESPACE;

  private static final String NAME = "monolift";
  private static final int REPLICAS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final TestCluster cluster;
  private final Kubectl kubectl;

  private InstalledOperator(TestCluster cluster) {
    this.cluster = cluster;
    this.kubectl = new Kubectl(cluster, NAMESPACE);
  }

  /** Installs it on a real node and waits until it is ready. */
  static InstalledOperator install(TestCluster cluster) {
    cluster.loadImage(OperatorImage.archive());
    var operator = new InstalledOperator(cluster);
    operator.kubectl.run("apply", "-k", "operator/kustomize").orFail();
    operator.awaitReady();
    return operator;
  }

  /** Waits until both replicas are ready and one of them leads. */
  void awaitReady() {
    try {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  pods().stream().filter(Readiness.getInstance()::isReady).count() == REPLICAS
                      && leader().isPresent());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("the operator is not ready:\n" + state(), e);
    }
  }

  /** What a person would look at when it does not work. */
  String state() {
    return kubectl.run("get", "pods,leases,events").out()
        + kubectl.run("logs", "deployment/" + NAME, "--all-pods", "--tail=20", "--prefix").out();
  }

  /** Its pods that are not ending. */
  List<Pod> pods() {
    return cluster
        .client()
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/name", NAME)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  private Optional<LeaseSpec> lease() {
    Lease lease =
        cluster
            .client()
            .leases()
            .inNamespace(NAMESPACE)
            .withName(LeaderElection.DEFAULT_LEASE)
            .get();
    return Optional.ofNullable(lease)
        .map(Lease::getSpec)
        .filter(spec -> spec.getHolderIdentity() != null && !spec.getHolderIdentity().isEmpty());
  }

  /** Who holds the Lease: the pod's name and, behind a line, a mark of its process. */
  Optional<String> holder() {
    return lease().map(LeaseSpec::getHolderIdentity);
  }

  /** Waits until another process leads, and says since when by its own clock. */
  Instant awaitSuccessorOf(String holder) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> lease().filter(spec -> !spec.getHolderIdentity().equals(holder)),
            Optional::isPresent)
        .orElseThrow()
        .getAcquireTime()
        .toInstant();
  }

  /** Name of the pod that leads, of those that are there. */
  Optional<String> leader() {
    return holder()
        .map(holder -> holder.substring(0, holder.lastIndexOf('_')))
        .filter(name -> pods().stream().anyMatch(pod -> pod.getMetadata().getName().equals(name)));
  }

  /** Name of the pod that waits for the lead; there are two. */
  String waiting() {
    String leader = leader().orElseThrow();
    return pods().stream()
        .map(pod -> pod.getMetadata().getName())
        .filter(name -> !name.equals(leader))
        .findFirst()
        .orElseThrow();
  }

  /** The image that its Deployment has. */
  String image() {
    return Objects.requireNonNull(
            cluster.client().apps().deployments().inNamespace(NAMESPACE).withName(NAME).get())
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getImage();
  }

  /** What a pod of it logged. */
  String log(String pod) {
    return kubectl.run("logs", pod).orFail();
  }

  /** Deletes one of its pods as {@code --force} does: the object is gone at once. Says when. */
  Instant delete(String pod) {
    Instant now = Instant.now();
    kubectl.run("delete", "pod", pod, "--force", "--grace-period=0", "--wait=false").orFail();
    return now;
  }

  /**
   * Kills the process of one of its pods; the pod stays, and its container is started again. Says
   * when.
   */
  Instant kill(String pod) {
    return new NodeKiller(cluster).kill("MONOLIFT_POD=" + pod);
  }

  @Override
  public void close() {
    kubectl.run("delete", "deployment/" + NAME, "pdb/" + NAME, "--ignore-not-found").orFail();
    await().atMost(PATIENCE).until(() -> pods().isEmpty());
    kubectl.run("delete", "lease/" + LeaderElection.DEFAULT_LEASE, "--ignore-not-found").orFail();
  }
}
