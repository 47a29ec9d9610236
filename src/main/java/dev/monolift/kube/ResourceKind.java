package dev.monolift.kube;

import dev.monolift.plan.Planner;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A kind of resources, as the loop needs to know it.
 *
 * @param raw makes an empty resource of the untyped class
 * @param type the typed class
 * @param observer gathers the facts about a resource; reads only
 * @param planner makes the decisions
 * @param <P> untyped class: whatever the API server holds can be read as it
 * @param <R> typed class
 * @param <O> observation
 * @param <S> status
 */
public record ResourceKind<P extends CustomResource<JsonText, JsonText>, R, O, S>(
    Supplier<P> raw,
    Class<R> type,
    BiFunction<R, ClusterReader, O> observer,
    Planner<R, O, S> planner) {}
