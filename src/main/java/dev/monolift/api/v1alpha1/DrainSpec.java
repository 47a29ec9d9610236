package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * How a pod ends without cutting the job that it works on.
 *
 * @param program how the drain program gets into the container; null means Auto
 * @param signal the signal on which the PHP program stops after its job; null means TERM
 * @param longestJobSeconds longest time that one job takes; null means not known
 * @param longestWaitSeconds longest time that the program blocks while it waits for a job, during
 *     which PHP cannot run a signal handler; null means 0
 * @param busyFile absolute path of a file that the program keeps while it works on a job; null
 *     means there is none
 * @param holdPods whether a pod that ended is kept until its verdict is in the status; null means
 *     no
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DrainSpec(
    @JsonPropertyDescription(
            "How Monolift's drain program gets into the container. Auto (default): Wrap when the container has a `command`, else Hook. Wrap: it starts the command and is its parent. Hook: it runs as preStop hook beside the image's own entrypoint. None: the pods are left as they are.")
        @Nullable Program program,
    @JsonPropertyDescription(
            "The signal on which the PHP program stops after its job. Default TERM; Symfony and some frameworks also know INT or QUIT.")
        @Nullable Signal signal,
    @JsonPropertyDescription(
            "Longest time in seconds that one job takes. With longestWaitSeconds it gives terminationGracePeriodSeconds of the pods.")
        @Min(0)
        @Max(604800)
        @Nullable Integer longestJobSeconds,
    @JsonPropertyDescription(
            "Longest time in seconds that the program blocks while it waits for a job, for example 60 for Q4M's queue_wait(). PHP runs no signal handler meanwhile. Default 0.")
        @Min(0)
        @Max(604800)
        @Nullable Integer longestWaitSeconds,
    @JsonPropertyDescription(
            "Absolute path of a file that the program creates when it takes a job and removes when the job is done. Still there at the end, it means that the job was cut. With it, PHP gets its signal between two jobs or at half the grace period, which is twice as long therefore.")
        @Size(max = 255)
        @ValidationRule(
            value = "self.matches('^/[^\\\\p{Cc}]+$') && !self.endsWith('/')",
            message = "busyFile must be the absolute path of a file, such as /tmp/busy")
        @Nullable String busyFile,
    @JsonPropertyDescription(
            "Keep a pod that ended (by a finalizer) until its verdict is in the status, so that none is missed while the operator is away. At most for twice the grace period. Default false.")
        @Nullable Boolean holdPods) {

  /** How the drain program gets into the container. */
  public enum Program {
    /** Wrap when the container has a command, else Hook. */
    Auto,
    /** The drain program starts the command and is its parent. */
    Wrap,
    /** The drain program runs as a preStop hook. */
    Hook,
    /** No drain program. */
    None
  }

  /** A signal that asks a program to stop. */
  public enum Signal {
    /** SIGTERM. */
    TERM,
    /** SIGINT. */
    INT,
    /** SIGQUIT. */
    QUIT,
    /** SIGHUP. */
    HUP,
    /** SIGUSR1. */
    USR1,
    /** SIGUSR2. */
    USR2,
    /** SIGWINCH. */
    WINCH
  }
}
