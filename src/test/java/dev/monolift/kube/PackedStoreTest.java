package dev.monolift.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.monolithworker.RawMonolithWorker;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PackedStoreTest {
  private static final String DEPLOYMENT =
      """
      {"apiVersion": "apps/v1", "kind": "Deployment",
       "metadata": {"name": "mail", "namespace": "shop", "uid": "u", "resourceVersion": "7",
         "creationTimestamp": "2026-03-01T10:00:00Z", "newField": {"a": [1, null]},
         "labels": {"monolift.dev/worker": "mail"},
         "managedFields": [{"manager": "monolift", "operation": "Apply", "apiVersion": "apps/v1",
           "time": "2026-03-01T10:00:00Z", "fieldsType": "FieldsV1",
           "fieldsV1": {"f:spec": {".": {}, "k:{\\"name\\":\\"p\\u00fcp\\"}": {"f:image": {}}}}}]},
       "spec": {"replicas": 0, "strategy": {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}},
         "template": {"spec": {"containers": [{"name": "php",
           "resources": {"limits": {"cpu": "0.5", "memory": "1Gi"}},
           "env": [{"name": "EMPTY", "value": ""}, {"name": "SMILE", "value": "\\uD83D\\uDE00"}]}]}}},
       "status": {"observedGeneration": 3, "unknown": true}}
      """;

  @Test
  void anObjectComesOutAsItWentIn() {
    var store = new PackedStore<Deployment>(object -> object);
    // the client of others, with trees for the fields, and our own
    Deployment plain = Serialization.unmarshal(DEPLOYMENT, Deployment.class);
    Deployment ours = ClientJson.serialization().unmarshal(DEPLOYMENT, Deployment.class);

    store.put("plain", plain);
    store.put("ours", ours);

    assertThat(ours).isEqualTo(plain);
    assertThat(store.get("plain")).isEqualTo(plain).isNotSameAs(plain);
    assertThat(store.get("ours")).isEqualTo(plain);
    assertThat(tree(kept(store, "ours"))).isEqualTo(tree(plain));
    assertThat(kept(store, "ours").getMetadata().getManagedFields().getFirst().getFieldsV1())
        .isInstanceOf(CompactFields.class)
        .hasToString("{\"f:spec\":{\".\":{},\"k:{\\\"name\\\":\\\"püp\\\"}\":{\"f:image\":{}}}}");
  }

  @Test
  void aResourceThatNoClassDescribesComesOutAsItWentIn() {
    var store = new PackedStore<RawMonolithWorker>(object -> object);
    var worker =
        Serialization.unmarshal(
            """
            apiVersion: monolift.dev/v1alpha1
            kind: MonolithWorker
            metadata: {name: mail, namespace: shop, generation: 3}
            spec: {replicas: "three", nested: [{a: null}, 1.5]}
            status: {conditions: []}
            """,
            RawMonolithWorker.class);

    store.put("shop/mail", worker);

    assertThat(tree(kept(store, "shop/mail"))).isEqualTo(tree(worker));
  }

  @Test
  void longTextsOfConfigMapsAreKeptOnce() {
    var store = new PackedStore<ConfigMap>(object -> object);
    store.put("one", configMap("one"));
    store.put("two", configMap("two"));

    var one = kept(store, "one");
    var two = kept(store, "two");

    assertThat(one).isEqualTo(configMap("one"));
    assertThat(two.getData().get("long")).isSameAs(one.getData().get("long"));
  }

  @Test
  void whatWasThereBeforeIsGivenBack() {
    var store = new PackedStore<ConfigMap>(object -> object);
    assertThat(store.put("k", configMap("one"))).isNull();
    assertThat(store.put("k", configMap("two"))).isEqualTo(configMap("one"));
    assertThat(store.keySet()).containsExactly("k");
    assertThat(store.values()).containsExactly(configMap("two"));
    assertThat(store.size()).isOne();
    assertThat(store.remove("k")).isEqualTo(configMap("two"));
    assertThat(store.remove("k")).isNull();
    assertThat(store.get("k")).isNull();
  }

  private static <T extends HasMetadata> T kept(PackedStore<T> store, String key) {
    return Objects.requireNonNull(store.get(key));
  }

  private static ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .addToData("short", name)
        .addToData("long", "x".repeat(2000))
        .build();
  }

  private static Object tree(HasMetadata object) {
    return Serialization.unmarshal(Serialization.asJson(object), Map.class);
  }
}
