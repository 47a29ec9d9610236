package dev.monolift.kube;

import dev.monolift.plan.Labels;
import dev.monolift.restart.GroupRecord;
import dev.monolift.restart.RecordJson;
import dev.monolift.restart.RestartNames;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Leases in which the groups of the daily restart keep their records. */
public final class GroupLeases {
  private final KubernetesClient client;

  /**
   * The Leases of a cluster.
   *
   * @param client client; it stays open
   */
  public GroupLeases(KubernetesClient client) {
    this.client = client;
  }

  /**
   * One Lease.
   *
   * @param namespace its namespace
   * @param group name of the group
   * @return empty when there is none
   * @throws KubernetesClientException when the API server does not answer or forbids it
   */
  public Optional<Lease> get(String namespace, String group) {
    return Optional.ofNullable(
        client.leases().inNamespace(namespace).withName(RestartNames.lease(group)).get());
  }

  /**
   * All of them.
   *
   * @param namespace their namespace; null means all
   * @return the Leases with the label of a group
   * @throws KubernetesClientException when the API server does not answer or forbids it
   */
  public List<Lease> list(@Nullable String namespace) {
    var leases = client.leases();
    return (namespace == null ? leases.inAnyNamespace() : leases.inNamespace(namespace))
        .withLabel(Labels.RESTART_GROUP)
        .list()
        .getItems();
  }

  /**
   * The record in a Lease.
   *
   * @param lease the Lease
   * @return the record
   * @throws RecordJson.Corrupt when it cannot be read
   */
  public static GroupRecord record(Lease lease) throws RecordJson.Corrupt {
    return RecordJson.read(text(lease));
  }

  /**
   * The record in a Lease as it is written there.
   *
   * @param lease the Lease
   * @return null when there is none
   */
  public static @Nullable String text(Lease lease) {
    var annotations = lease.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(RecordJson.ANNOTATION);
  }

  /**
   * Writes a record by compare-and-set.
   *
   * @param seen the Lease as it was read
   * @param record the new record
   * @throws KubernetesClientException when the API server does not answer or forbids it; with code
   *     409 when the Lease has changed
   */
  public void write(Lease seen, GroupRecord record) {
    client
        .resource(
            new LeaseBuilder(seen)
                .editMetadata()
                .addToAnnotations(RecordJson.ANNOTATION, RecordJson.write(record))
                .endMetadata()
                .build())
        .update();
  }
}
