package dev.monolift.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** The API server did not accept a write. */
@SuppressWarnings("serial")
final class WriteFailure extends RuntimeException {
  private final String kind;
  private final String object;
  private final String verb;
  private final KubernetesClientException refusal;

  /**
   * A failed write.
   *
   * @param kind kind of the object, for example Deployment
   * @param object its namespace and name
   * @param verb what was tried, as a verb for people
   * @param refusal the answer
   */
  WriteFailure(String kind, String object, String verb, KubernetesClientException refusal) {
    super("Cannot " + verb + " " + kind + " " + object + ": " + refusal.getMessage(), refusal);
    this.kind = kind;
    this.object = object;
    this.verb = verb;
    this.refusal = refusal;
  }

  String kind() {
    return kind;
  }

  String object() {
    return object;
  }

  String verb() {
    return verb;
  }

  KubernetesClientException refusal() {
    return refusal;
  }
}
