package dev.monolift.restart;

import dev.monolift.plan.Timestamps;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The annotation of the last restart on a pod template. It belongs to who restarts, {@code kubectl
 * rollout restart} among them: no apply of the operator takes it back.
 */
public final class RestartedAt {
  private RestartedAt() {}

  /**
   * The annotation of a Deployment's pods.
   *
   * @param live the Deployment; null when there is none
   * @return its value as it stands there; empty when there is none
   */
  public static Optional<String> of(@Nullable Deployment live) {
    return live == null ? Optional.empty() : of(live.getSpec().getTemplate());
  }

  /**
   * When a Deployment's pods were restarted last.
   *
   * @param live the Deployment; null when there is none
   * @return whole seconds; empty when they never were, and when the annotation is no time
   */
  public static Optional<Instant> time(@Nullable Deployment live) {
    return of(live).flatMap(Timestamps::parse).map(time -> time.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Whether a template carries an older restart than the live pods, as one does that was pasted
   * from a Deployment. Applying it would take the newer restart back, and so replace the pods once
   * more.
   *
   * @param template the template that is going to be applied
   * @param live the Deployment; null when there is none
   * @return whether its annotation must not be sent
   */
  public static boolean isOutdated(PodTemplateSpec template, @Nullable Deployment live) {
    var newest = of(live).flatMap(Timestamps::parse);
    var wanted = of(template);
    return newest.isPresent()
        && wanted.isPresent()
        && wanted.flatMap(Timestamps::parse).filter(time -> !time.isBefore(newest.get())).isEmpty();
  }

  private static Optional<String> of(PodTemplateSpec template) {
    return Optional.ofNullable(template.getMetadata())
        .map(ObjectMeta::getAnnotations)
        .map(annotations -> annotations.get(RestartNames.RESTARTED_AT));
  }
}
