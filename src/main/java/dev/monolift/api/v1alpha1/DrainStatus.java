package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How pods ended.
 *
 * @param totals number of ended pods per verdict since the resource was created
 * @param last the last ten, newest first
 * @param inPlaceRestarts how often programs were started again inside their containers, as far as
 *     ended pods have reported it
 * @param pods names of the pods that have run and whose verdict is not known yet; the operator's
 *     memory across its own restarts, in order of names
 * @param counted names of the pods whose verdict is counted and that may still be there, in order
 *     of names
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DrainStatus(
    @JsonPropertyDescription("Number of ended pods per verdict.") @Nullable Totals totals,
    @JsonPropertyDescription("The last ten pods that ended, newest first.")
        @Nullable List<Ended> last,
    @JsonPropertyDescription(
            "How often programs were started again inside their containers, as far as ended pods have reported it.")
        @Nullable Long inPlaceRestarts,
    @JsonPropertyDescription(
            "Pods that have run and have no verdict yet. The operator's memory: one that is gone without having been seen ending counts as Unknown.")
        @Nullable List<String> pods,
    @JsonPropertyDescription("Pods whose verdict is counted and that may still be there.")
        @Nullable List<String> counted) {

  /**
   * Number of ended pods per verdict; null is none.
   *
   * @param clean ended after their job
   * @param cut the job was cut
   * @param killed killed at the end of the grace period
   * @param outOfMemory killed by the kernel for want of memory
   * @param crashed ended by an error of their own
   * @param neverStarted had not run
   * @param nodeLost gone with their node
   * @param unknown nobody saw how
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Totals(
      @JsonPropertyDescription("Ended after their job.") @Nullable Long clean,
      @JsonPropertyDescription("Ended in the middle of a job.") @Nullable Long cut,
      @JsonPropertyDescription("Killed when the grace period was over.") @Nullable Long killed,
      @JsonPropertyDescription("Killed for want of memory.") @Nullable Long outOfMemory,
      @JsonPropertyDescription("Ended by an error of the program.") @Nullable Long crashed,
      @JsonPropertyDescription("Deleted before the program ran.") @Nullable Long neverStarted,
      @JsonPropertyDescription("Gone with their node.") @Nullable Long nodeLost,
      @JsonPropertyDescription("Nobody saw how they ended.") @Nullable Long unknown) {}

  /**
   * One pod that ended.
   *
   * @param pod its name
   * @param verdict how it ended
   * @param reason why that is the verdict, as one CamelCase word
   * @param cause why the pod was ended
   * @param seconds from the request to end it to the end of the program; null when not known
   * @param exitCode exit code of the program's container; null when not known
   * @param message a sentence, with what to do unless it is clean
   * @param finishedAt when the program ended, or when that was noticed; RFC 3339
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ended(
      @JsonPropertyDescription("Name of the pod.") String pod,
      @JsonPropertyDescription("How it ended.") Verdict verdict,
      @JsonPropertyDescription("Why that is the verdict, in one word.") String reason,
      @JsonPropertyDescription("Why the pod was ended.") Cause cause,
      @JsonPropertyDescription("Seconds from the request to end the pod to the end of the program.")
          @Nullable Long seconds,
      @JsonPropertyDescription("Exit code of the program's container.") @Nullable Integer exitCode,
      @JsonPropertyDescription("What happened, and what to do about it.") String message,
      @JsonPropertyDescription("When the program ended, or when that was noticed.")
          String finishedAt) {}

  /** How a pod ended. */
  public enum Verdict {
    /** The program ended by itself, after its job as far as anybody can tell. */
    Clean,
    /** The program ended, but in the middle of a job. */
    Cut,
    /** The program was killed because the grace period was over. */
    Killed,
    /** A process of the program was killed for want of memory. */
    OutOfMemory,
    /** The program ended by an error of its own. */
    Crashed,
    /** The program had not run. */
    NeverStarted,
    /** The node went away with the pod. */
    NodeLost,
    /** Nobody saw how. */
    Unknown
  }

  /** Why a pod was ended. */
  public enum Cause {
    /** Fewer pods are wanted. */
    ScaleIn,
    /** The template changed. */
    Rollout,
    /** The daily restart, or `kubectl rollout restart`. */
    Restart,
    /** Evicted: by a drain of the node, by an autoscaler, for a pod of higher priority. */
    Eviction,
    /** The node shut down, ran out of a resource, or was lost. */
    Node,
    /** Somebody deleted the pod. */
    Delete,
    /** Nothing tells. */
    Unknown
  }
}
