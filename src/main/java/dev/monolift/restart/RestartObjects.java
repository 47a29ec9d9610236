package dev.monolift.restart;

import dev.monolift.fields.Json;
import dev.monolift.fields.StoredForm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.List;

/**
 * The objects that restart one worker. Pure: equal requests give equal objects.
 *
 * @param request what they are made from
 */
public record RestartObjects(RestartRequest request) {
  /** The CronJob controller gives up for good below ten seconds. */
  private static final Duration SHORTEST_DEADLINE = Duration.ofMinutes(5);

  /** Time for the image and for pods of the same Job that are tried again. */
  private static final Duration SLACK = Duration.ofMinutes(5);

  /** Exit codes after which another pod would change nothing: it failed, and wrong options. */
  private static final List<Integer> DEFINITE = List.of(1, 2);

  private static final int RETRIES = 2;
  private static final int FAILED_JOBS = 2;
  private static final Duration KEPT = Duration.ofDays(3);

  /**
   * The Lease of the worker's group, complete: it has no owner.
   *
   * @return the Lease without a spec and without a record
   */
  public Lease lease() {
    return new RestartRights(request).lease();
  }

  /**
   * The worker's own objects, with no metadata but the name.
   *
   * @return in the order in which they are applied: the CronJob comes last, when everything that
   *     its pods need is there
   */
  public List<HasMetadata> children() {
    var rights = new RestartRights(request);
    return List.of(rights.account(), rights.role(), rights.binding(), cronJob());
  }

  /** Every field that carries a promise is sent, so that a foreign edit of it is put right. */
  private CronJob cronJob() {
    var schedule = RestartSchedule.of(request.namespace(), request.worker(), request.spec());
    var settings = request.settings();
    var pod = new RestartPodTemplate(request);
    var cronJob =
        new CronJobBuilder()
            .withNewMetadata()
            .withName(RestartNames.cronJob(request.worker()))
            .endMetadata()
            .withNewSpec()
            .withSchedule(schedule.cron())
            .withTimeZone(schedule.timeZone())
            .withSuspend(settings.isSuspended())
            .withConcurrencyPolicy("Forbid")
            .withStartingDeadlineSeconds(deadline(schedule).toSeconds())
            .withSuccessfulJobsHistoryLimit(1)
            .withFailedJobsHistoryLimit(FAILED_JOBS)
            .withNewJobTemplate()
            .withNewMetadata()
            .withLabels(pod.labels())
            .endMetadata()
            .withNewSpec()
            .withBackoffLimit(RETRIES)
            .withActiveDeadlineSeconds(settings.timeout().plus(SLACK).toSeconds())
            .withTtlSecondsAfterFinished((int) KEPT.toSeconds())
            .withNewPodFailurePolicy()
            .addNewRule()
            .withAction("FailJob")
            .withNewOnExitCodes()
            .withContainerName(RestartPodTemplate.CONTAINER)
            .withOperator("In")
            .withValues(DEFINITE)
            .endOnExitCodes()
            .endRule()
            // a pod that its node had to give up has not failed
            .addNewRule()
            .withAction("Ignore")
            .addNewOnPodCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .endOnPodCondition()
            .endRule()
            .endPodFailurePolicy()
            .withTemplate(pod.template())
            .endSpec()
            .endJobTemplate()
            .endSpec()
            .build();
    return Json.object(StoredForm.of(Json.tree(cronJob)), CronJob.class);
  }

  /** A restart that nobody could start at its minute is made up for until the window is over. */
  private static Duration deadline(RestartSchedule schedule) {
    return schedule.rest().compareTo(SHORTEST_DEADLINE) < 0 ? SHORTEST_DEADLINE : schedule.rest();
  }
}
