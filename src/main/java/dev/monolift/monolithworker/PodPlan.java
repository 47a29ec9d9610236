package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.DnsStatus;
import dev.monolift.api.v1alpha1.DrainProgramStatus;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.RestartStatus;
import dev.monolift.dns.DnsResult;
import dev.monolift.drain.DrainResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engines make of the user's template.
 *
 * @param dns name resolution
 * @param drain how pods end, on top of that
 */
record PodPlan(DnsResult dns, DrainResult drain) {

  /** The pods. */
  PodTemplateSpec template() {
    return drain.template();
  }

  /** ConfigMaps to apply: name and data only. */
  List<ConfigMap> configMaps() {
    var configMaps = new ArrayList<>(dns.configMaps());
    if (drain.configMap() != null) {
      configMaps.add(drain.configMap());
    }
    return configMaps;
  }

  /** What the status says of them. */
  Said said() {
    return new Said(dns.status(), drain.status(), drain.pendingUpgrade(), null);
  }

  /**
   * What the status says of the pods' settings.
   *
   * @param dns name resolution; null when there is nothing to say
   * @param drainProgram the drain program; null when there is none
   * @param pendingUpgrade its next revision; null when they have the newest
   * @param restart their restart once a day; null when there is none
   */
  record Said(
      @Nullable DnsStatus dns,
      @Nullable DrainProgramStatus drainProgram,
      @Nullable String pendingUpgrade,
      @Nullable RestartStatus restart) {

    /** What the current status says, for pods that stay as they are. */
    static Said before(MonolithWorker worker) {
      var status = worker.getStatus();
      return status == null
          ? new Said(null, null, null, null)
          : new Said(
              status.dns(), status.drainProgram(), status.pendingUpgrade(), status.restart());
    }

    /** The same with other words on name resolution. */
    Said with(DnsStatus other) {
      return new Said(other, drainProgram, pendingUpgrade, restart);
    }

    /** The same with other words on the restart. */
    Said with(@Nullable RestartStatus other) {
      return new Said(dns, drainProgram, pendingUpgrade, other);
    }
  }
}
