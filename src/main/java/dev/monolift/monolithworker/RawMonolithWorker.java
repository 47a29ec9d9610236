package dev.monolift.monolithworker;

import dev.monolift.kube.JsonText;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/**
 * A MonolithWorker whose spec and status are just JSON. The watch uses it: one resource that cannot
 * be read as {@code MonolithWorker}, for example after a downgrade, must not stop the watch on all
 * of them.
 */
@Group("monolift.dev")
@Version("v1alpha1")
@Kind("MonolithWorker")
@Plural("monolithworkers")
@SuppressWarnings("serial")
public final class RawMonolithWorker extends CustomResource<JsonText, JsonText>
    implements Namespaced {
  /** An empty resource, for deserialisation. */
  public RawMonolithWorker() {}

  @Override
  protected @Nullable JsonText initSpec() {
    return null;
  }

  @Override
  protected @Nullable JsonText initStatus() {
    return null;
  }
}
