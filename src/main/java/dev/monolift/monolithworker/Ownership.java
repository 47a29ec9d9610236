package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose an object is: by its controller reference, else by the annotation that Monolift writes. */
final class Ownership {
  private Ownership() {}

  /**
   * A MonolithWorker that an object says it belongs to.
   *
   * @param name name of the worker; null when the object does not say it
   * @param uid uid of the worker
   */
  record Claim(@Nullable String name, String uid) {}

  /**
   * Whether an object is a worker's own. Another controller's never is, whatever the annotation
   * says: the API server lets an object have one controller only.
   */
  static boolean isOf(HasMetadata object, MonolithWorker worker) {
    String uid = worker.getMetadata().getUid();
    return uid != null
        && controller(object)
            .map(reference -> uid.equals(reference.getUid()))
            .orElseGet(() -> uid.equals(annotation(object, Labels.OWNER_UID)));
  }

  /** Whether the garbage collector deletes an object after a worker. */
  static boolean goesWith(HasMetadata object, MonolithWorker worker) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(reference -> reference.getUid().equals(worker.getMetadata().getUid()));
  }

  /** The controller of an object. */
  static Optional<OwnerReference> controller(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .filter(reference -> Boolean.TRUE.equals(reference.getController()))
        .findFirst();
  }

  /** Whether a reference is to a MonolithWorker. */
  static boolean isWorker(OwnerReference reference) {
    return reference.getApiVersion().startsWith("monolift.dev/")
        && reference.getKind().equals("MonolithWorker");
  }

  /** The MonolithWorker that an object says it belongs to. */
  static Optional<Claim> claim(HasMetadata object) {
    var controller = controller(object);
    if (controller.isPresent()) {
      return controller.filter(Ownership::isWorker).map(r -> new Claim(r.getName(), r.getUid()));
    }
    return Optional.ofNullable(annotation(object, Labels.OWNER_UID))
        .map(uid -> new Claim(label(object, Labels.WORKER), uid));
  }

  static @Nullable String label(HasMetadata object, String key) {
    return values(object.getMetadata().getLabels()).get(key);
  }

  static @Nullable String annotation(HasMetadata object, String key) {
    return values(object.getMetadata().getAnnotations()).get(key);
  }

  /** The entries of a map that the model may leave null. */
  static Map<String, String> values(@Nullable Map<String, String> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }
}
