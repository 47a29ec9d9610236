package dev.monolift.architecture.broken.plan;

import io.fabric8.kubernetes.client.KubernetesClient;

/** A plan with a client. */
record PlanWithAClient(KubernetesClient client) {}
