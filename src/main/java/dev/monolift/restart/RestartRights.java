package dev.monolift.restart;

import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;

/**
 * Who restarts a worker, and what that account may do: read and patch one Deployment, read and
 * update one Lease. That its patch changes nothing but one annotation, the admission policy holds.
 *
 * @param request what they are made from
 */
record RestartRights(RestartRequest request) {

  /**
   * The Lease of the group. It belongs to all workers of the group, so each of them applies the
   * same: none is its owner, and it stays when the last of them goes.
   */
  Lease lease() {
    String group = request.settings().group();
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(RestartNames.lease(group))
        .withNamespace(request.namespace())
        .addToLabels(Labels.MANAGED_BY, Labels.MONOLIFT)
        .addToLabels(Labels.RESTART_GROUP, group)
        .endMetadata()
        .build();
  }

  /** Its token is in the pod that asks for it, and in no other that may run as it. */
  ServiceAccount account() {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withName(name())
        .endMetadata()
        .withAutomountServiceAccountToken(false)
        .build();
  }

  Role role() {
    return new RoleBuilder()
        .withNewMetadata()
        .withName(name())
        .endMetadata()
        .addNewRule()
        .withApiGroups("apps")
        .withResources("deployments")
        .withResourceNames(request.deployment())
        .withVerbs("get", "patch")
        .endRule()
        .addNewRule()
        .withApiGroups("coordination.k8s.io")
        .withResources("leases")
        .withResourceNames(RestartNames.lease(request.settings().group()))
        .withVerbs("get", "update")
        .endRule()
        .build();
  }

  RoleBinding binding() {
    return new RoleBindingBuilder()
        .withNewMetadata()
        .withName(name())
        .endMetadata()
        .withNewRoleRef()
        .withApiGroup("rbac.authorization.k8s.io")
        .withKind("Role")
        .withName(name())
        .endRoleRef()
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(name())
        .withNamespace(request.namespace())
        .endSubject()
        .build();
  }

  private String name() {
    return RestartNames.account(request.worker());
  }
}
