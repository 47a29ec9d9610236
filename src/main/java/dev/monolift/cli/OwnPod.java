package dev.monolift.cli;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pod that this process runs in. Whoever sets the operator's image (kustomize, Helm, an image
 * updater, a webhook) sets it there, and nowhere else has it to be said again.
 *
 * @param kubernetes the cluster and the credentials; its namespace is the pod's
 * @param name name of the pod
 */
record OwnPod(Config kubernetes, String name) {
  /** Variable with the pod's name. The operator's container is the one that has it. */
  static final String VARIABLE = "MONOLIFT_POD";

  /** The kubelet starts the operator again. */
  private static final int REQUEST_RETRIES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(OwnPod.class);

  /**
   * The image of the operator's container.
   *
   * @return null, and a warning in the log, when the operator may not read the pod or it is another
   *     one's
   * @throws KubernetesClientException when the API server does not answer
   */
  @Nullable String image() {
    Config config =
        new ConfigBuilder(kubernetes).withRequestRetryBackoffLimit(REQUEST_RETRIES).build();
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      Pod pod = client.pods().inNamespace(namespace()).withName(name).get();
      if (pod == null) {
        return unknown("There is no such pod.");
      }
      return pod.getSpec().getContainers().stream()
          .filter(OwnPod::isOperator)
          .map(Container::getImage)
          .findFirst()
          .orElseGet(() -> unknown("It has no container with the variable " + VARIABLE + "."));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return unknown(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private static boolean isOperator(Container container) {
    return container.getEnv().stream().anyMatch(variable -> variable.getName().equals(VARIABLE));
  }

  private String namespace() {
    return Objects.requireNonNullElse(kubernetes.getNamespace(), "default");
  }

  private @Nullable String unknown(String why) {
    LOG.warn(
        "The operator's own image cannot be read from pod {} in namespace {}, so workers with"
            + " spec.restart need spec.restart.pod.image, or the operator --image: {}",
        name,
        namespace(),
        why);
    return null;
  }
}
