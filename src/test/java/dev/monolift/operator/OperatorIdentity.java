package dev.monolift.operator;

import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The operator's ServiceAccount with the rights that {@code operator/} ships, so that every test of
 * the operator is a test of them.
 */
public final class OperatorIdentity {
  public static final String NAMESPACE = "monolift-system";
  public static final String USER = "system:serviceaccount:" + NAMESPACE + ":monolift";

  private OperatorIdentity() {}

  /**
   * Applies the shipped rights and writes a kubeconfig with a token of the ServiceAccount.
   *
   * @param cluster the cluster
   * @param folder where the kubeconfig goes
   * @return the kubeconfig
   */
  public static Path kubeconfig(TestCluster cluster, Path folder) throws IOException {
    KubernetesClient client = cluster.client();
    try (var rbac = Files.newInputStream(Path.of("operator/kustomize/rbac.yaml"))) {
      for (var object : client.load(rbac).items()) {
        client
            .resource(object)
            .patch(
                new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    .withFieldManager("test")
                    .withForce(true)
                    .build());
      }
    }
    String token =
        client
            .serviceAccounts()
            .inNamespace(NAMESPACE)
            .withName("monolift")
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(7200L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    var config = client.getConfiguration();
    String certificate =
        config.getCaCertData() != null
            ? config.getCaCertData()
            : Base64.getEncoder()
                .encodeToString(Files.readAllBytes(Path.of(config.getCaCertFile())));
    Path file = folder.resolve("operator.kubeconfig");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: operator
        clusters: [{name: test, cluster: {server: "%s", certificate-authority-data: "%s"}}]
        users: [{name: operator, user: {token: "%s"}}]
        contexts: [{name: operator, context: {cluster: test, user: operator, namespace: %s}}]
        """
            .formatted(config.getMasterUrl(), certificate, token, NAMESPACE),
        StandardCharsets.UTF_8);
    return file;
  }
}
