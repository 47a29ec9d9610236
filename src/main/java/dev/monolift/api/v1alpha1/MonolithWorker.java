package dev.monolift.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * One queue worker program of the monolith (one supervisord program on the virtual machine), run as
 * one Deployment.
 */
@Group("monolift.dev")
@Version("v1alpha1")
@Kind("MonolithWorker")
@Plural("monolithworkers")
@ShortNames("mw")
@SuppressWarnings("serial")
public final class MonolithWorker extends CustomResource<MonolithWorkerSpec, MonolithWorkerStatus>
    implements Namespaced {
  /** An empty resource, for deserialisation. */
  public MonolithWorker() {}
}
