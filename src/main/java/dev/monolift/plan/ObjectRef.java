package dev.monolift.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * One object of the cluster, by identity: a new object of the same name is another one.
 *
 * @param apiVersion group and version, for example {@code apps/v1}
 * @param kind kind
 * @param namespace namespace
 * @param name name
 * @param uid uid that the object must have
 */
public record ObjectRef(String apiVersion, String kind, String namespace, String name, String uid) {

  /**
   * The reference to an object that was read from the cluster.
   *
   * @param object an object with a uid
   * @return its reference
   */
  public static ObjectRef of(HasMetadata object) {
    var metadata = object.getMetadata();
    return new ObjectRef(
        object.getApiVersion(),
        object.getKind(),
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid());
  }
}
