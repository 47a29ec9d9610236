package dev.monolift.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** How this process reads and writes JSON: one mapper for the API server and for the caches. */
public final class ClientJson {
  private static final int BUFFERS = 8;

  static final ObjectMapper MAPPER =
      // a thread of its own for each pass would have buffers of its own
      new ObjectMapper(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS)).build())
          .registerModule(
              new SimpleModule()
                  .addDeserializer(FieldsV1.class, new CompactFields.Reader())
                  .addSerializer(CompactFields.class, new CompactFields.Writer()));

  private static final KubernetesSerialization SERIALIZATION =
      new KubernetesSerialization(MAPPER, true);

  private ClientJson() {}

  /**
   * For a client.
   *
   * @return the serialization; it is always the same
   */
  public static KubernetesSerialization serialization() {
    return SERIALIZATION;
  }
}
