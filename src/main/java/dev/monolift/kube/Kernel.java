package dev.monolift.kube;

import dev.monolift.metrics.OperatorMeters;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.InstantSource;

/**
 * What the loops of all kinds share.
 *
 * @param serialization the client's
 * @param executor carries out plans
 * @param events records events
 * @param writer writes
 * @param meters counts and times
 * @param clock the time that planners are given
 */
public record Kernel(
    KubernetesSerialization serialization,
    PlanExecutor executor,
    EventRecorder events,
    ClusterWriter writer,
    OperatorMeters meters,
    InstantSource clock) {}
