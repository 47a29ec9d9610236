package dev.monolift.drain;

import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Pods of a worker, step by step as the kubelet tells of them; every step is a new object. */
record WorkerPod(Pod pod) {
  static final String CONTAINER = "php";
  static final Instant CREATED = Instant.parse("2026-03-01T09:00:00Z");
  static final long GRACE = 30;

  static WorkerPod pending(String name) {
    return pending(name, "7d4b9c", CREATED);
  }

  static WorkerPod pending(String name, String hash, Instant created) {
    return new WorkerPod(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp(created.toString())
                .addToLabels(DrainCauses.HASH, hash)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(GRACE)
                .withNodeName("node-1")
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build())
        .state(
            new ContainerStateBuilder()
                .withNewWaiting()
                .withReason("ContainerCreating")
                .endWaiting()
                .build(),
            null);
  }

  static WorkerPod running(String name) {
    return pending(name).run();
  }

  WorkerPod run() {
    return phase("Running", null)
        .state(
            new ContainerStateBuilder()
                .withNewRunning()
                .withStartedAt(CREATED.plusSeconds(2).toString())
                .endRunning()
                .build(),
            null);
  }

  WorkerPod deleted(Instant requested, long grace) {
    return new WorkerPod(
        new PodBuilder(pod)
            .editMetadata()
            .withDeletionTimestamp(requested.plusSeconds(grace).toString())
            .withDeletionGracePeriodSeconds(grace)
            .endMetadata()
            .build());
  }

  WorkerPod ended(String reason, int exit, Instant at, @Nullable String message) {
    return state(terminated(reason, exit, at, message), null);
  }

  WorkerPod backingOff(String reason, int exit, Instant at) {
    return state(
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason("CrashLoopBackOff")
            .endWaiting()
            .build(),
        terminated(reason, exit, at, null));
  }

  WorkerPod phase(String phase, @Nullable String reason) {
    return new WorkerPod(
        new PodBuilder(pod).editStatus().withPhase(phase).withReason(reason).endStatus().build());
  }

  WorkerPod disrupted(String reason) {
    return new WorkerPod(
        new PodBuilder(pod)
            .editStatus()
            .addNewCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .withReason(reason)
            .endCondition()
            .endStatus()
            .build());
  }

  WorkerPod held() {
    return new WorkerPod(
        new PodBuilder(pod)
            .editMetadata()
            .addToFinalizers(Labels.DRAIN_VERDICT)
            .endMetadata()
            .build());
  }

  WorkerPod unscheduled() {
    return new WorkerPod(new PodBuilder(pod).editSpec().withNodeName(null).endSpec().build());
  }

  WorkerPod sidecar(String name, String reason, int exit, Instant at) {
    return new WorkerPod(
        new PodBuilder(pod)
            .editStatus()
            .addToContainerStatuses(
                new ContainerStatusBuilder()
                    .withName(name)
                    .withState(terminated(reason, exit, at, null))
                    .build())
            .endStatus()
            .build());
  }

  private static ContainerState terminated(
      String reason, int exit, Instant at, @Nullable String message) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withReason(reason)
        .withExitCode(exit)
        .withStartedAt(CREATED.plusSeconds(2).toString())
        .withFinishedAt(at.toString())
        .withMessage(message)
        .endTerminated()
        .build();
  }

  private WorkerPod state(ContainerState state, @Nullable ContainerState last) {
    ContainerStatus status =
        new ContainerStatusBuilder()
            .withName(CONTAINER)
            .withContainerID("containerd://" + pod.getMetadata().getName())
            .withState(state)
            .withLastState(last)
            .build();
    return new WorkerPod(
        new PodBuilder(pod).editStatus().withContainerStatuses(status).endStatus().build());
  }
}
