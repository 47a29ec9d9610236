package dev.monolift.architecture.broken.monolithworker;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;

/** An observer that writes. */
record FirstObserver(KubernetesClient client) {
  ConfigMap observe(ConfigMap map) {
    return client.resource(map).create();
  }
}
