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

  /** A connection of an account. */
  Config config(String account) {
    String token = token(account);
    return new ConfigBuilder(stage.config())
        .withOauthToken(token)
        .withAutoOAuthToken(token)
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  /** A client that acts as an account and says at once what is refused; the caller closes it. */
  KubernetesClient client(String account) {
    return new KubernetesClientBuilder().withConfig(config(account)).build();
  }
}
