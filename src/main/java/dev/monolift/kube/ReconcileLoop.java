package dev.monolift.kube;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.plan.Plan;
import dev.monolift.plan.PlannedCount;
import dev.monolift.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one path from a resource to the cluster: observe, plan, execute, status, release, requeue.
 *
 * <p>Resources come in untyped, so that one that cannot be read harms only itself and not the watch
 * on all of them.
 *
 * @param <P> untyped resource
 * @param <R> typed resource
 * @param <O> observation
 * @param <S> status
 */
public final class ReconcileLoop<P extends CustomResource<JsonText, JsonText>, R, O, S> {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);

  /**
   * No resource waits longer than this for its next pass, whatever its plan says: the failsafe
   * against an event that was lost.
   */
  public static final Duration FAILSAFE = Duration.ofMinutes(30);

  /** Two processes that met at the start gate; the other one is done by then. */
  private static final Duration SOON = Duration.ofMillis(250);

  private final ResourceKind<P, R, O, S> kind;
  private final Kernel kernel;

  /**
   * A loop for one kind.
   *
   * @param kind the kind
   * @param kernel what all loops share
   */
  public ReconcileLoop(ResourceKind<P, R, O, S> kind, Kernel kernel) {
    this.kind = kind;
    this.kernel = kernel;
  }

  /**
   * One pass.
   *
   * @param raw the resource as the watch shows it; it is not changed
   * @param context the framework's
   * @return when to come back
   */
  public UpdateControl<P> reconcile(P raw, Context<P> context) {
    try {
      R resource = read(raw);
      var seen = kernel.executor().reader();
      O observation = kind.observer().apply(resource, seen);
      Plan<S> plan =
          kernel
              .meters()
              .timePlan(
                  raw.getKind(),
                  () -> kind.planner().plan(resource, observation, kernel.clock().instant()));
      var gate = kernel.executor().execute(plan, seen);
      kernel.events().record(raw, plan.events());
      kernel.events().record(raw, gate.events());
      JsonNode status = kernel.serialization().convertValue(plan.status(), JsonNode.class);
      var problem = gate.failure().flatMap(ErrorStatus::of);
      if (problem.isPresent()) {
        status = StatusDocument.withReady(status, problemStatus(raw, problem.get()));
        announce(raw, problem.get(), status);
      }
      if (!StatusDocument.same(statusOf(raw), status)) {
        writeStatus(raw, status, context);
      }
      afterStatus(raw, plan, seen);
      if (problem.isPresent()) {
        note(raw, problem.get(), gate.failure().get());
        throw new PassFailed(problem.get().reason());
      }
      return UpdateControl.<P>noUpdate().rescheduleAfter(wait(plan, gate));
    } catch (PassFailed dealtWith) {
      throw dealtWith;
    } catch (RuntimeException failure) {
      throw failed(raw, failure, context);
    }
  }

  /**
   * What may only be done when the status tells of it. A process that dies before this has counted
   * too little and holds too long: the next pass finds what is held, and the status has the totals.
   */
  private void afterStatus(P raw, Plan<S> plan, PassReader seen) {
    seen.settled();
    var metadata = raw.getMetadata();
    for (PlannedCount count : plan.counts()) {
      kernel.meters().count(metadata.getNamespace(), metadata.getName(), count);
    }
    kernel.executor().release(plan, seen);
  }

  private static @Nullable JsonNode statusOf(CustomResource<JsonText, JsonText> raw) {
    return raw.getStatus() == null ? null : raw.getStatus().tree();
  }

  private R read(P raw) {
    try {
      return kernel.serialization().convertValue(raw, kind.type());
    } catch (IllegalArgumentException e) {
      throw UnreadableResource.of(e);
    }
  }

  private Duration wait(Plan<S> plan, GateOutcome gate) {
    if (gate.again() || gate.failure().isPresent()) {
      return SOON;
    }
    return plan.requeueAfter().compareTo(FAILSAFE) < 0 ? plan.requeueAfter() : FAILSAFE;
  }

  /**
   * Writes the status on condition that the resource is still the one that was judged. The
   * condition also keeps the framework from taking the event of a change of the spec, which came
   * between, for the echo of this write (java-operator-sdk#3398, #3484).
   */
  private void writeStatus(P raw, JsonNode status, Context<P> context) {
    P patch = kind.raw().get();
    var metadata = raw.getMetadata();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .withResourceVersion(metadata.getResourceVersion())
            .build());
    patch.setStatus(JsonText.of(status));
    context
        .resourceOperations()
        .resourcePatch(
            patch,
            kernel.writer()::applyStatus,
            context.eventSourceRetriever().getControllerEventSource());
  }

  private PassFailed failed(P raw, RuntimeException failure, Context<P> context) {
    var found = ErrorStatus.of(failure);
    if (found.isEmpty()) {
      LOG.debug("The pass is repeated: {}", failure.getMessage());
      return new PassFailed("Repeated");
    }
    var problem = found.get();
    note(raw, problem, failure);
    try {
      report(raw, problem, context);
    } catch (RuntimeException e) {
      LOG.warn("The status could not be written: {}", e.getMessage());
    }
    return new PassFailed(problem.reason());
  }

  private void note(P raw, ErrorStatus.Problem problem, RuntimeException failure) {
    kernel.meters().countError(raw.getKind(), problem.reason());
    if (problem.expected()) {
      LOG.warn("{}: {}", problem.reason(), problem.message());
    } else {
      LOG.error("{}: {}", problem.reason(), problem.message(), failure);
    }
  }

  private void report(P raw, ErrorStatus.Problem problem, Context<P> context) {
    JsonNode status = problemStatus(raw, problem);
    announce(raw, problem, status);
    if (!StatusDocument.same(statusOf(raw), status)) {
      writeStatus(raw, status, context);
    }
  }

  private JsonNode problemStatus(P raw, ErrorStatus.Problem problem) {
    Long generation = raw.getMetadata().getGeneration();
    return StatusDocument.withProblem(statusOf(raw), problem, generation, kernel.clock().instant());
  }

  /** A Warning event, unless the status says it already. */
  private void announce(P raw, ErrorStatus.Problem problem, JsonNode status) {
    if (!StatusDocument.same(statusOf(raw), status)) {
      kernel
          .events()
          .record(
              raw,
              List.of(
                  new PlannedEvent(
                      PlannedEvent.Type.Warning,
                      problem.reason(),
                      problem.message(),
                      "generation " + raw.getMetadata().getGeneration())));
    }
  }
}
