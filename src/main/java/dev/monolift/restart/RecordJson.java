package dev.monolift.restart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record as text, in an annotation of the group's Lease. Fields that are not known here are
 * passed over; what decides about a restart must be whole.
 */
public final class RecordJson {
  /** Annotation of a group's Lease that holds the record. */
  public static final String ANNOTATION = "monolift.dev/restarts";

  /** The annotations of an object have 256 KiB together; others may want some, too. */
  static final int LONGEST = 200_000;

  static final int LONGEST_SENTENCE = 400;

  private static final int FORMAT = 1;

  /** Longer than any restart may take; a turn without end would stop the group for ever. */
  private static final Duration LONGEST_TURN = Duration.ofDays(2);

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private RecordJson() {}

  /** The text is no record. The message says why, without the text itself. */
  @SuppressWarnings("serial")
  public static final class Corrupt extends Exception {
    Corrupt(String reason) {
      super(reason);
    }
  }

  /**
   * Reads a record.
   *
   * @param text value of the annotation; null when there is none
   * @return the record; an empty one when there is no annotation
   * @throws Corrupt when it cannot be read, so that nothing can be said about the group
   */
  public static GroupRecord read(@Nullable String text) throws Corrupt {
    if (text == null) {
      return GroupRecord.EMPTY;
    }
    JsonNode root = tree(text);
    if (root.path("format").asInt(-1) != FORMAT) {
      throw new Corrupt(
          "its format is "
              + (root.has("format") ? words(root.path("format").asText(), 20) : "not given")
              + ", this program knows "
              + FORMAT);
    }
    var holders = new ArrayList<Holder>();
    for (JsonNode holder : list(root, "holders")) {
      holders.add(holder(holder));
    }
    var results = new ArrayList<Result>();
    for (JsonNode result : list(root, "results")) {
      results.add(result(result));
    }
    JsonNode failure = root.path("failure");
    return new GroupRecord(
        holders,
        failure.isMissingNode() || failure.isNull()
            ? null
            : new Failure(text(failure, "worker"), time(failure, "at"), sentence(failure)),
        results);
  }

  private static JsonNode tree(String text) throws Corrupt {
    try {
      JsonNode root = JSON.readTree(text);
      if (root.isObject()) {
        return root;
      }
    } catch (JsonProcessingException e) {
      // said below: the parser's words would repeat the text
    }
    throw new Corrupt("it is no JSON object");
  }

  private static JsonNode list(JsonNode root, String field) throws Corrupt {
    JsonNode list = root.path(field);
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw new Corrupt(field + " is no list");
    }
    return list;
  }

  private static Holder holder(JsonNode node) throws Corrupt {
    Instant since = time(node, "since");
    Instant until = time(node, "until");
    if (until.isBefore(since) || until.isAfter(since.plus(LONGEST_TURN))) {
      throw new Corrupt("a holder's until is not within two days after its since");
    }
    return new Holder(text(node, "worker"), text(node, "job"), since, until);
  }

  private static Result result(JsonNode node) throws Corrupt {
    try {
      return new Result(
          text(node, "worker"),
          text(node, "job"),
          time(node, "at"),
          Outcome.valueOf(text(node, "outcome")),
          sentence(node));
    } catch (IllegalArgumentException e) {
      throw new Corrupt("a result has an unknown outcome");
    }
  }

  private static String text(JsonNode node, String field) throws Corrupt {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new Corrupt(field + " is missing");
    }
    return value.asText();
  }

  private static Instant time(JsonNode node, String field) throws Corrupt {
    String value = text(node, field);
    try {
      return Instant.parse(value);
    } catch (DateTimeException e) {
      throw new Corrupt(field + " is no time");
    }
  }

  private static String sentence(JsonNode node) {
    return words(node.path("sentence").asText(""), LONGEST_SENTENCE);
  }

  /**
   * Writes a record.
   *
   * @param record the record
   * @return the value of the annotation; the oldest results are left out when it would be too long
   */
  public static String write(GroupRecord record) {
    var results = new ArrayList<>(record.results());
    results.sort(Comparator.comparing(Result::at));
    String text = write(record, results);
    while (text.getBytes(StandardCharsets.UTF_8).length > LONGEST && !results.isEmpty()) {
      results.subList(0, 1 + results.size() / 10).clear();
      text = write(record, results);
    }
    return text;
  }

  private static String write(GroupRecord record, List<Result> results) {
    ObjectNode root = JSON.createObjectNode().put("format", FORMAT);
    var holders = root.putArray("holders");
    for (Holder holder : record.holders()) {
      holders
          .addObject()
          .put("worker", holder.worker())
          .put("job", holder.job())
          .put("since", holder.since().toString())
          .put("until", holder.until().toString());
    }
    Failure failure = record.failure();
    if (failure != null) {
      root.putObject("failure")
          .put("worker", failure.worker())
          .put("at", failure.at().toString())
          .put("sentence", words(failure.sentence(), LONGEST_SENTENCE));
    }
    var list = root.putArray("results");
    for (Result result : results) {
      list.addObject()
          .put("worker", result.worker())
          .put("job", result.job())
          .put("at", result.at().toString())
          .put("outcome", result.outcome().name())
          .put("sentence", words(result.sentence(), LONGEST_SENTENCE));
    }
    return root.toString();
  }

  /** Words that can stand in one line of ours. */
  private static String words(String text, int longest) {
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return plain.length() <= longest ? plain : plain.substring(0, longest - 3) + "...";
  }
}
