package dev.monolift.kube;

import dev.monolift.metrics.OperatorMeters;
import dev.monolift.plan.FinalizerRelease;
import dev.monolift.plan.Labels;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.OwnershipTransfer;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every write of the operator goes through here: counted, and only while this process may write.
 */
public final class ClusterWriter {
  /** Server-side apply under the operator's name; its fields are its own, so it forces. */
  static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Labels.MONOLIFT)
          .withForce(true)
          .build();

  private static final Map<String, String> WORDS =
      Map.of("status", "write the status of", "transfer", "take over");

  private static final int ATTEMPTS = 3;

  private final KubernetesClient client;
  private final OperatorMeters meters;
  private final BooleanSupplier mayWrite;

  /**
   * A writer.
   *
   * @param client client
   * @param meters where writes are counted
   * @param mayWrite whether this process leads and has not been told to stop; asked before each
   *     write, so that a process that has lost its lease sends nothing more
   */
  public ClusterWriter(KubernetesClient client, OperatorMeters meters, BooleanSupplier mayWrite) {
    this.client = client;
    this.meters = meters;
    this.mayWrite = mayWrite;
  }

  /** Applies an object and returns it as the API server has it now. */
  <T extends HasMetadata> T apply(T object) {
    return write(
        object.getKind(), place(object), "apply", () -> client.resource(object).patch(APPLY));
  }

  /**
   * Applies the status of a resource and returns the resource as the API server has it now.
   *
   * @param patch identity, resourceVersion as precondition, and the status
   */
  <T extends HasMetadata> T applyStatus(T patch) {
    return write(
        patch.getKind(),
        place(patch),
        "status",
        () -> client.resource(patch).subresource("status").patch(APPLY));
  }

  /** Creates an object. */
  void create(HasMetadata object) {
    write(object.getKind(), place(object), "create", () -> client.resource(object).create());
  }

  /** Writes new managedFields, on condition that the object is as the decision saw it. */
  <T extends HasMetadata> T transfer(Class<T> type, OwnershipTransfer transfer) {
    var object = transfer.object();
    var metadata =
        Map.of(
            "uid", object.uid(),
            "resourceVersion", transfer.resourceVersion(),
            "managedFields", transfer.managedFields());
    String patch = client.getKubernetesSerialization().asJson(Map.of("metadata", metadata));
    T item = client.getKubernetesSerialization().convertValue(identity(object), type);
    return write(
        object.kind(),
        place(object),
        "transfer",
        () -> client.resource(item).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
  }

  /**
   * Deletes exactly this object.
   *
   * @return false when it is gone already, or another one has its name, which is as good
   */
  boolean delete(Class<? extends HasMetadata> type, ObjectRef object) {
    var options =
        new DeleteOptionsBuilder()
            .withNewPreconditions()
            .withUid(object.uid())
            .endPreconditions()
            .withPropagationPolicy("Background")
            .build();
    try {
      write(
          object.kind(),
          place(object),
          "delete",
          () -> client.raw(path(type, object), "DELETE", options));
      return true;
    } catch (WriteFailure e) {
      int code = e.refusal().getCode();
      if (code != 404 && code != 409) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Removes a finalizer from exactly this object.
   *
   * @param seen the object as it was last seen; null reads it
   * @return false when it is gone or does not have the finalizer any more, which is as good
   */
  <T extends HasMetadata> boolean release(
      Class<T> type, FinalizerRelease release, @Nullable T seen) {
    T item = client.getKubernetesSerialization().convertValue(identity(release.object()), type);
    @Nullable T object = seen == null ? client.resource(item).get() : seen;
    for (int attempt = 1; object != null; attempt++) {
      Optional<String> patch = removal(object, release);
      if (patch.isEmpty()) {
        return false;
      }
      try {
        write(
            release.object().kind(),
            place(release.object()),
            "release",
            () -> client.resource(item).patch(PatchContext.of(PatchType.JSON), patch.get()));
        return true;
      } catch (WriteFailure e) {
        int code = e.refusal().getCode();
        // 422: a test of the patch failed, because somebody changed the list
        if (code != 404 && ((code != 422 && code != 409) || attempt == ATTEMPTS)) {
          throw e;
        }
        object = client.resource(item).get();
      }
    }
    return false;
  }

  /**
   * Writes a record, on condition that it is as it was read.
   *
   * @param before the record as it was read; null when there was none
   * @param after the record as it shall be; with the version of {@code before}
   * @return false when somebody else has written it meanwhile
   */
  boolean record(@Nullable HasMetadata before, HasMetadata after) {
    try {
      if (before == null) {
        create(after);
      } else {
        write(after.getKind(), place(after), "update", () -> client.resource(after).update());
      }
      return true;
    } catch (WriteFailure e) {
      int code = e.refusal().getCode();
      // 404: there was one, and it was deleted
      if (code == 409 || (code == 404 && before != null)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Removes a scheduling gate from exactly this pod as it was listed.
   *
   * @param pod the pod as it was listed
   * @param gate name of the gate, which it has
   * @return the pod as it is now; empty when it has changed since
   */
  Optional<Pod> openGate(Pod pod, String gate) {
    var metadata = pod.getMetadata();
    List<String> gates =
        pod.getSpec().getSchedulingGates().stream().map(PodSchedulingGate::getName).toList();
    String path = "/spec/schedulingGates/" + gates.indexOf(gate);
    String patch =
        client
            .getKubernetesSerialization()
            .asJson(
                List.of(
                    test("/metadata/uid", metadata.getUid()),
                    test("/metadata/resourceVersion", metadata.getResourceVersion()),
                    test(path + "/name", gate),
                    Map.of("op", "remove", "path", path)));
    Pod item =
        client.getKubernetesSerialization().convertValue(identity(ObjectRef.of(pod)), Pod.class);
    try {
      return Optional.of(
          write(
              "Pod",
              place(pod),
              "start",
              () -> client.resource(item).patch(PatchContext.of(PatchType.JSON), patch)));
    } catch (WriteFailure e) {
      int code = e.refusal().getCode();
      // 422: a test of the patch failed
      if (code == 404 || code == 409 || code == 422) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Map<String, String> test(String path, String value) {
    return Map.of("op", "test", "path", path, "value", value);
  }

  /** A JSON patch that removes nothing but this finalizer, and from no other object. */
  private Optional<String> removal(HasMetadata object, FinalizerRelease release) {
    int index = object.getMetadata().getFinalizers().indexOf(release.finalizer());
    if (index < 0 || !object.getMetadata().getUid().equals(release.object().uid())) {
      return Optional.empty();
    }
    String path = "/metadata/finalizers/" + index;
    return Optional.of(
        client
            .getKubernetesSerialization()
            .asJson(
                List.of(
                    Map.of("op", "test", "path", "/metadata/uid", "value", release.object().uid()),
                    Map.of("op", "test", "path", path, "value", release.finalizer()),
                    Map.of("op", "remove", "path", path))));
  }

  /** Whether this process leads and has not been told to stop. */
  boolean mayWrite() {
    return mayWrite.getAsBoolean();
  }

  private <T> T write(String kind, String object, String verb, Supplier<T> request) {
    if (!mayWrite.getAsBoolean()) {
      throw new NotLeading();
    }
    try {
      T answer = request.get();
      meters.countWrite(kind, verb, "ok");
      return answer;
    } catch (KubernetesClientException e) {
      meters.countWrite(kind, verb, Integer.toString(e.getCode()));
      throw new WriteFailure(kind, object, WORDS.getOrDefault(verb, verb), e);
    }
  }

  private static String path(Class<? extends HasMetadata> type, ObjectRef object) {
    String api = object.apiVersion().contains("/") ? "/apis/" : "/api/";
    return String.join(
        "/",
        List.of(
            api + object.apiVersion(),
            "namespaces",
            object.namespace(),
            HasMetadata.getPlural(type),
            object.name()));
  }

  private static Map<String, Object> identity(ObjectRef object) {
    return Map.of(
        "apiVersion", object.apiVersion(),
        "kind", object.kind(),
        "metadata", Map.of("namespace", object.namespace(), "name", object.name()));
  }

  private static String place(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  private static String place(ObjectRef object) {
    return object.namespace() + "/" + object.name();
  }
}
