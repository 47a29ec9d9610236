package dev.monolift.architecture.broken.legacycronjob;

import dev.monolift.architecture.broken.monolithworker.FirstPlanner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/** A reconciler that makes the framework write, and knows another kind. */
public record ThirdReconciler(FirstPlanner other) {
  UpdateControl<ConfigMap> reconcile(ConfigMap map) {
    return UpdateControl.patchStatus(map);
  }
}
