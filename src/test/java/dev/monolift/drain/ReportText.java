package dev.monolift.drain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Drain reports as the drain program writes them. */
final class ReportText {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ReportText() {}

  static String of(DrainReport report) {
    try {
      return JSON.writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
