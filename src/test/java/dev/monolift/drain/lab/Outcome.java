package dev.monolift.drain.lab;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.DrainStatus.Ended;
import dev.monolift.drain.DrainLedger;
import dev.monolift.drain.DrainReport;
import dev.monolift.drain.DrainView;
import dev.monolift.fields.Json;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a container ended.
 *
 * @param exitCode its exit code; 137 when it was killed
 * @param wasKilled whether the grace was over
 * @param millis from the request to its end
 * @param askedAt when it was asked, in milliseconds since the epoch
 * @param report the drain report; null when there is none
 * @param notes what the worker wrote down
 * @param output what the container printed
 */
record Outcome(
    int exitCode,
    boolean wasKilled,
    long millis,
    long askedAt,
    @Nullable DrainReport report,
    Notes notes,
    String output) {

  /** From the signal to the process that gets it: the shells have to be stopped first. */
  private static final int TIME_TO_ASK_MILLIS = 700;

  DrainReport reported() {
    return Objects.requireNonNull(report, () -> "no drain report; the output: " + output);
  }

  @Nullable String finding() {
    return report == null ? null : report.finding();
  }

  /** Whether it ended by itself and no job was cut. */
  boolean isDrained() {
    return !wasKilled && notes.cut() == 0;
  }

  /** Jobs begun when the signal should have been heard. */
  long jobsAfterTheSignal() {
    return notes.startedAfter(askedAt + TIME_TO_ASK_MILLIS);
  }

  /** What the operator says of a pod that ended so. */
  Ended verdict(int graceSeconds) {
    var asked = Instant.ofEpochMilli(askedAt);
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("job")
            .withUid("1")
            .withCreationTimestamp(asked.minusSeconds(60).toString())
            .withDeletionTimestamp(asked.plusSeconds(graceSeconds).toString())
            .withDeletionGracePeriodSeconds((long) graceSeconds)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("php")
            .endContainer()
            .endSpec()
            .withNewStatus()
            .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
            .addNewContainerStatus()
            .withName("php")
            .withNewState()
            .withNewTerminated()
            .withExitCode(exitCode)
            .withReason(exitCode == 0 ? "Completed" : "Error")
            .withStartedAt(asked.minusSeconds(30).toString())
            .withFinishedAt(asked.plusMillis(millis).toString())
            .withMessage(report == null ? null : Json.tree(report).toString())
            .endTerminated()
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();
    var view = new DrainView("php", List.of(pod), List.of(), null, List.of());
    var before = new DrainStatus(null, null, null, List.of("job"), null);
    return DrainLedger.next(before, view, asked.plusMillis(millis)).ended().getFirst();
  }

  /** One line for a failed assertion. */
  String story() {
    return "exit %d%s after %d ms, %d jobs, %d cut, %d begun late, report %s, notes %s, output:%n%s"
        .formatted(
            exitCode,
            wasKilled ? " (killed)" : "",
            millis,
            notes.count("start "),
            notes.cut(),
            jobsAfterTheSignal(),
            report,
            notes.lines(),
            output);
  }
}
