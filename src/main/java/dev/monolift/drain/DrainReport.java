package dev.monolift.drain;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.monolift.api.v1alpha1.DrainSpec.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the drain program wrote into the termination message: one line of JSON, at most 4096 bytes.
 *
 * @param monolift version of this format: 1
 * @param role Wrap or Hook
 * @param state how far the program had come when it wrote this
 * @param received signal that asked the container to end, without SIG; null in a Hook and when the
 *     program ended by itself
 * @param sent signal that the PHP processes got, without SIG; null when none was sent
 * @param targets the PHP processes that got it, as command names; at most five
 * @param targetCount how many got it
 * @param seconds from the request to end to this report; null when there was no request
 * @param exit exit code of the program; null while it runs, and in a Hook that has no shells to
 *     end, because it goes together with the program
 * @param busy whether the busy file was there at the end; null when there is none
 * @param restarts how often the program was started again in place
 * @param finding what is wrong with the entrypoint, as a CamelCase word; null when nothing is
 * @param detail a few words to the finding; null when there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DrainReport(
    int monolift,
    Program role,
    State state,
    @Nullable String received,
    @Nullable String sent,
    @Nullable List<String> targets,
    int targetCount,
    @Nullable Long seconds,
    @Nullable Integer exit,
    @Nullable Boolean busy,
    int restarts,
    @Nullable String finding,
    @Nullable String detail) {

  /** How far the drain program had come. */
  public enum State {
    /** It was asked to end and looks for the processes, or waits for one that boots. */
    Asked,
    /** It sent the signal and waits for their end; a Hook often ends with them, right after it. */
    Signalled,
    /** The program ended. */
    Ended
  }

  /** Finding: a process never caught the signal, so it was waited for as long as there was time. */
  public static final String NO_HANDLER = "NoHandler";

  /** Finding: a process caught the signal and went on: async signals or dispatch are missing. */
  public static final String HANDLER_NOT_RUN = "HandlerNotRun";

  /** Finding: a process started after the signal: something starts programs in a loop. */
  public static final String STARTED_AGAIN = "StartedAgain";

  /** Finding: the container's first process would end before the program does. */
  public static final String FIRST_PROCESS_ENDS = "FirstProcessEnds";

  /** Finding: the program failed to start too often. */
  public static final String START_FAILED = "StartFailed";

  /**
   * Finding: the program ended by itself in the moment in which it was asked to, and the shell lost
   * its exit code; 0 stands for it.
   */
  public static final String EXIT_UNKNOWN = "ExitUnknown";
}
