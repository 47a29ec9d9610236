package dev.monolift.drain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads drain reports. A container can write what it likes into its termination message, so nothing
 * in there is believed before it was checked, and nothing in there can fail a pass.
 */
public final class DrainReports {
  /** Longest termination message that the kubelet keeps of one container, in bytes. */
  static final int LONGEST = 4096;

  private static final int FORMAT = 1;
  private static final int MOST_TARGETS = 5;
  private static final int LONGEST_TARGET = 40;
  private static final int LONGEST_DETAIL = 200;

  private static final Set<String> FINDINGS =
      Set.of(
          DrainReport.NO_HANDLER,
          DrainReport.HANDLER_NOT_RUN,
          DrainReport.STARTED_AGAIN,
          DrainReport.FIRST_PROCESS_ENDS,
          DrainReport.START_FAILED,
          DrainReport.EXIT_UNKNOWN);

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(DrainReport.class);

  private DrainReports() {}

  /**
   * The report in a termination message: its first line. What follows a report is what the program
   * wrote there itself, longer than the report that was written over it.
   *
   * @param message the message; null means none
   * @return the report; empty when it is of somebody else, cut off, or of a format that is not
   *     known here
   */
  public static Optional<DrainReport> parse(@Nullable String message) {
    if (message == null || message.length() > LONGEST || !message.strip().startsWith("{")) {
      return Optional.empty();
    }
    try {
      DrainReport report = READER.readValue(message.strip().lines().findFirst().orElse(""));
      return isComplete(report) ? Optional.of(checked(report)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Jackson leaves out of a record what the JSON leaves out. */
  @SuppressWarnings("ConstantValue")
  private static boolean isComplete(@Nullable DrainReport report) {
    return report != null
        && report.monolift() == FORMAT
        && report.role() != null
        && report.state() != null;
  }

  private static DrainReport checked(DrainReport report) {
    Long seconds = report.seconds();
    Integer exit = report.exit();
    String finding = report.finding();
    return new DrainReport(
        report.monolift(),
        report.role(),
        report.state(),
        report.received(),
        report.sent(),
        targets(report.targets()),
        Math.max(report.targetCount(), 0),
        seconds == null || seconds < 0 ? null : seconds,
        exit == null || exit < 0 || exit > 255 ? null : exit,
        report.busy(),
        Math.max(report.restarts(), 0),
        finding != null && FINDINGS.contains(finding) ? finding : null,
        words(report.detail(), LONGEST_DETAIL));
  }

  /** The list may hold null: Jackson checks nothing of that kind. */
  @SuppressWarnings("ConstantValue")
  private static @Nullable List<String> targets(@Nullable List<String> targets) {
    return targets == null
        ? null
        : targets.stream()
            .limit(MOST_TARGETS)
            .map(target -> Objects.requireNonNullElse(words(target, LONGEST_TARGET), "?"))
            .toList();
  }

  /** Words that can stand in a message of ours. */
  private static @Nullable String words(@Nullable String text, int longest) {
    if (text == null) {
      return null;
    }
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    if (plain.isEmpty()) {
      return null;
    }
    return plain.length() <= longest ? plain : plain.substring(0, longest - 3) + "...";
  }
}
