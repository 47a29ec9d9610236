package dev.monolift.kube;

import dev.monolift.fields.Differences;
import dev.monolift.fields.Json;
import dev.monolift.fields.LastApply;
import dev.monolift.plan.FinalizerRelease;
import dev.monolift.plan.Labels;
import dev.monolift.plan.ObjectRef;
import dev.monolift.plan.OwnershipTransfer;
import dev.monolift.plan.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a plan: field ownership, then children in their order, then deletions, then the start
 * gate. Writes only what differs. It can be stopped anywhere; the next pass plans again from what
 * it finds.
 */
public final class PlanExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(PlanExecutor.class);

  private final ChildInformers children;
  private final ClusterWriter writer;
  private final GateKeeper gates;
  private final Map<String, Attempt> withoutEffect = new ConcurrentHashMap<>();

  /**
   * An executor.
   *
   * @param children the caches that are compared with
   * @param writer writes
   * @param gates opens the start gate of pods
   */
  public PlanExecutor(ChildInformers children, ClusterWriter writer, GateKeeper gates) {
    this.children = children;
    this.writer = writer;
    this.gates = gates;
  }

  /** A reader for one pass: a view on the caches in which an object stays as it was first read. */
  PassReader reader() {
    return new PassReader(children);
  }

  /**
   * Carries out everything of a plan that comes before its events and its status.
   *
   * @param plan the plan
   * @param seen what the plan was made from
   * @return what became of the pods at the start gate
   */
  GateOutcome execute(Plan<?> plan, ClusterReader seen) {
    plan.transfers().forEach(this::transfer);
    plan.apply().forEach(desired -> apply(desired, seen));
    plan.delete().forEach(this::delete);
    return plan.gate() == null ? GateOutcome.DONE : gates.admit(plan.gate(), seen);
  }

  /**
   * Carries out what of a plan comes after its status: lets objects go whose end the status tells.
   *
   * @param plan the plan
   * @param seen what the plan was made from
   */
  public void release(Plan<?> plan, ClusterReader seen) {
    for (FinalizerRelease release : plan.releases()) {
      var object = release.object();
      release(children.type(object.apiVersion(), object.kind()), release, seen);
    }
  }

  private <T extends HasMetadata> void release(
      Class<T> type, FinalizerRelease release, ClusterReader seen) {
    var object = release.object();
    T known = seen.cached(type, object.namespace(), object.name()).orElse(null);
    if (writer.release(type, release, known)) {
      LOG.atInfo()
          .addKeyValue("child", object.kind() + " " + object.name())
          .log("Released {} {}.", object.kind(), object.name());
    }
  }

  private void transfer(OwnershipTransfer transfer) {
    var object = transfer.object();
    // the comparison that follows has to see the new owners
    children.wrote(writer.transfer(children.type(object.apiVersion(), object.kind()), transfer));
    LOG.atInfo()
        .addKeyValue("child", object.kind() + " " + object.name())
        .log("Took over field ownership of {} {}.", object.kind(), object.name());
  }

  private <T extends HasMetadata> void apply(T desired, ClusterReader seen) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) desired.getClass();
    var metadata = desired.getMetadata();
    String key = desired.getKind() + "/" + metadata.getNamespace() + "/" + metadata.getName();
    var actual = seen.cached(type, metadata.getNamespace(), metadata.getName());
    var differences =
        actual
            .map(child -> Differences.between(Json.tree(desired), Json.tree(child)))
            .map(changes -> changes.stream().map(change -> change.path().toString()).toList())
            .orElse(List.of("(not there)"));
    if (differences.isEmpty()) {
      return;
    }
    T marked = LastApply.marked(desired);
    var attempt =
        new Attempt(
            String.valueOf(marked.getMetadata().getAnnotations().get(Labels.APPLIED)),
            actual.map(PlanExecutor::state).orElse(""),
            differences);
    if (attempt.equals(withoutEffect.get(key))) {
      return;
    }
    T answer = writer.apply(marked);
    children.wrote(answer);
    if (actual.isPresent() && sameVersion(actual.get(), answer)) {
      // The API server sees no difference where we do. Once is harmless; every pass would not be.
      withoutEffect.put(key, attempt);
      LOG.debug("Applying {} had no effect although {} differed.", key, differences);
      return;
    }
    withoutEffect.remove(key);
    LOG.atInfo()
        .addKeyValue("child", desired.getKind() + " " + metadata.getName())
        .addKeyValue("fields", String.join(", ", differences))
        .log("Applied {} {}.", desired.getKind(), metadata.getName());
  }

  private void delete(ObjectRef object) {
    if (writer.delete(children.type(object.apiVersion(), object.kind()), object)) {
      LOG.atInfo()
          .addKeyValue("child", object.kind() + " " + object.name())
          .log("Deleted {} {}.", object.kind(), object.name());
    }
  }

  /** What moves when somebody changes an object, and not when its status changes. */
  private static String state(HasMetadata object) {
    var metadata = object.getMetadata();
    return metadata.getGeneration() == null
        ? metadata.getResourceVersion()
        : metadata.getUid() + " " + metadata.getGeneration();
  }

  /**
   * An apply that had no effect; an equal one would have none either.
   *
   * @param sent digest of what was sent
   * @param actual what it was sent to
   * @param differences paths that differed
   */
  private record Attempt(String sent, String actual, List<String> differences) {}

  private static boolean sameVersion(HasMetadata a, HasMetadata b) {
    return a.getMetadata().getResourceVersion().equals(b.getMetadata().getResourceVersion());
  }
}
