package dev.monolift.drain;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pass sees of the pods of one worker.
 *
 * @param container name of the container that runs the program
 * @param pods the pods that exist
 * @param gone last states of pods that are gone, as far as they are remembered. A pod must get in
 *     here before it leaves {@code pods}, or it counts as not seen; it may stay for as long as one
 *     likes, and be in both for a while
 * @param deployment the worker's Deployment; null when there is none
 * @param replicaSets ReplicaSets of the Deployment
 */
public record DrainView(
    String container,
    List<Pod> pods,
    List<Pod> gone,
    @Nullable Deployment deployment,
    List<ReplicaSet> replicaSets) {}
