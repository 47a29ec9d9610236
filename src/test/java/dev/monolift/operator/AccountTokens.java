package dev.monolift.operator;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/**
 * Real tokens of the ServiceAccounts of a stage.
 *
 * @param stage the stage
 */
record AccountTokens(Stage stage) {

  /** A token of an account, valid for an hour. */
  String token(String account) {
    return stage
        .cluster
        .client()
        .serviceAccounts()
        .inNamespace(stage.namespace)
        .withName(account)
        .tokenRequest(
            new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build())
        .getStatus()
        .getToken();
  }

  /** A client that acts as an account and says at once what is refused; the caller closes it. */
  KubernetesClient client(String name) {
    String token = token(name);
    Config config = stage.config();
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(config)
                .withOauthToken(token)
                .withAutoOAuthToken(token)
                .withRequestRetryBackoffLimit(0)
                .build())
        .build();
  }
}
