package dev.monolift.monolithworker;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;

/** Who a Deployment seems to belong to, by the marks that tools leave. */
final class FormerOwner {
  private FormerOwner() {}

  /** A phrase such as {@code Helm release mail in namespace shop}. */
  static String describe(Deployment live) {
    String release = Ownership.annotation(live, "meta.helm.sh/release-name");
    if (release != null) {
      return "Helm release "
          + release
          + of(live, " in namespace ", "meta.helm.sh/release-namespace");
    }
    String tracking = Ownership.annotation(live, "argocd.argoproj.io/tracking-id");
    if (tracking != null) {
      return "Argo CD application " + tracking.split(":", 2)[0];
    }
    String flux = Ownership.label(live, "kustomize.toolkit.fluxcd.io/name");
    if (flux != null) {
      return "Flux Kustomization " + flux;
    }
    List<String> managers =
        live.getMetadata().getManagedFields().stream()
            .filter(ReplicasOwnership::noSubresource)
            .map(ManagedFieldsEntry::getManager)
            .filter(manager -> !"kube-controller-manager".equals(manager))
            .distinct()
            .sorted()
            .toList();
    String managedBy = Ownership.label(live, "app.kubernetes.io/managed-by");
    if (managedBy != null) {
      return managedBy + " (label app.kubernetes.io/managed-by)";
    }
    return managers.isEmpty()
        ? "nobody who left a mark"
        : "whoever applies it with " + String.join(", ", managers);
  }

  private static String of(Deployment live, String words, String annotation) {
    String value = Ownership.annotation(live, annotation);
    return value == null ? "" : words + value;
  }
}
