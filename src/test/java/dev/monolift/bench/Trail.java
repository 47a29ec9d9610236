package dev.monolift.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The API server's audit log as the stop watch: it has the time of every request, and reading it
 * costs the API server nothing.
 */
final class Trail {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Path log;

  Trail(Path log) {
    this.log = log;
  }

  /** The log's end now, to read from later. */
  long position() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Requests after a position that somebody finished, in a namespace or anywhere. */
  List<Call> by(long from, String user) {
    return calls(from, line -> line.contains("\"" + user + "\"")).stream()
        .filter(call -> call.user().equals(user))
        .toList();
  }

  /** Requests after a position about a namespace. */
  List<Call> in(long from, String namespace) {
    return calls(from, line -> line.contains("\"namespace\":\"" + namespace + "\"")).stream()
        .filter(call -> call.namespace().equals(namespace))
        .toList();
  }

  /**
   * Waits until nobody, neither the operator nor a controller, writes to a namespace any more.
   *
   * @param quiet how long nobody must have written
   * @param longest give up after this time
   * @param asked whether to stop waiting, for example because the operator has died
   * @return false when it did not become quiet in time
   */
  boolean awaitQuiet(String namespace, Duration quiet, Duration longest, BooleanSupplier asked)
      throws InterruptedException {
    long position = position();
    long now = System.nanoTime();
    long since = now;
    long deadline = now + longest.toNanos();
    while (now < deadline && !asked.getAsBoolean()) {
      Thread.sleep(LOOK);
      now = System.nanoTime();
      long end = position();
      if (!Call.steps(in(position, namespace)).isEmpty()) {
        since = now;
      }
      position = end;
      if (now - since > quiet.toNanos()) {
        return true;
      }
    }
    return false;
  }

  private List<Call> calls(long from, Predicate<String> mayBe) {
    var calls = new ArrayList<Call>();
    try (var channel = FileChannel.open(log)) {
      var in =
          new BufferedReader(
              new InputStreamReader(
                  Channels.newInputStream(channel.position(from)), StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        // the last line may be half written, the first half read
        if (line.startsWith("{") && line.endsWith("}") && mayBe.test(line)) {
          Call call = call(line);
          if (call != null) {
            calls.add(call);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return calls;
  }

  private static @Nullable Call call(String line) {
    try {
      JsonNode event = JSON.readTree(line);
      // a watch that has begun counts as well as one that has ended
      boolean begun = event.path("stage").asText().equals("ResponseStarted");
      boolean watch = event.path("verb").asText().equals("watch");
      if (begun != watch) {
        return null;
      }
      JsonNode object = event.path("objectRef");
      String sub = object.path("subresource").asText("");
      return new Call(
          event.path("user").path("username").asText(),
          event.path("verb").asText(),
          object.path("resource").asText() + (sub.isEmpty() ? "" : "/" + sub),
          object.path("namespace").asText(""),
          object.path("name").asText(""),
          event.path("responseStatus").path("code").asInt(),
          Instant.parse(event.path("requestReceivedTimestamp").asText()),
          Instant.parse(event.path("stageTimestamp").asText()));
    } catch (IOException e) {
      return null; // half a line that ends with a brace by chance
    }
  }
}
