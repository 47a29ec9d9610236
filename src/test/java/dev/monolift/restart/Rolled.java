package dev.monolift.restart;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;

/** Deployments as the controller leaves them. */
final class Rolled {
  static final Instant LAST_WEEK = Instant.parse("2026-03-01T10:00:00Z");

  private Rolled() {}

  /** Three pods, all available, rolled out at a time. */
  static Deployment out(Instant at) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("mail")
        .withGeneration(4L)
        .withCreationTimestamp("2020-01-01T00:00:00Z")
        .endMetadata()
        .withNewSpec()
        .withReplicas(3)
        .withProgressDeadlineSeconds(600)
        .withNewTemplate()
        .withNewMetadata()
        .endMetadata()
        .endTemplate()
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(4L)
        .withReplicas(3)
        .withUpdatedReplicas(3)
        .withAvailableReplicas(3)
        .addNewCondition()
        .withType("Progressing")
        .withStatus("True")
        .withReason("NewReplicaSetAvailable")
        .withLastUpdateTime(at.toString())
        .endCondition()
        .endStatus()
        .build();
  }

  static DeploymentBuilder edit() {
    return new DeploymentBuilder(out(LAST_WEEK));
  }

  /** With the annotation of a restart. */
  static Deployment restartedAt(Deployment deployment, String at) {
    return new DeploymentBuilder(deployment)
        .editSpec()
        .editTemplate()
        .editMetadata()
        .addToAnnotations(RestartNames.RESTARTED_AT, at)
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** One pod is new, the others are not. */
  static Deployment rolling(Deployment deployment) {
    return new DeploymentBuilder(deployment)
        .editStatus()
        .withUpdatedReplicas(1)
        .editFirstCondition()
        .withReason("ReplicaSetUpdated")
        .endCondition()
        .endStatus()
        .build();
  }

  static Deployment late(Deployment deployment) {
    return new DeploymentBuilder(rolling(deployment))
        .editStatus()
        .editFirstCondition()
        .withStatus("False")
        .withReason("ProgressDeadlineExceeded")
        .endCondition()
        .endStatus()
        .build();
  }
}
