package dev.monolift.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.consumers.Checker.Opening;
import dev.monolift.operator.OperatorIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the audit log knows of opened gates: who did it, how, and which change it became. */
final class Openings {
  private Openings() {}

  /**
   * The openings of a namespace by the operator, each by a patch that could have hit no other pod
   * and no other state of it.
   *
   * @param log the audit log, with the operator's patches of pods in full
   * @throws AssertionError when a patch opened a gate without those tests
   */
  static Set<Opening> read(Path log, String namespace) {
    var found = new HashSet<Opening>();
    try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
      // most lines are about other things; only these are worth parsing
      lines
          .filter(line -> line.contains(namespace) && line.contains("schedulingGates"))
          .filter(line -> line.contains(OperatorIdentity.USER) && line.endsWith("}"))
          .map(Openings::parsed)
          .filter(event -> isOpening(event, namespace))
          .forEach(event -> found.add(opening(event)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static JsonNode parsed(String line) {
    try {
      return Api.parse(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOpening(JsonNode event, String namespace) {
    return event.path("verb").asText().equals("patch")
        && event.path("objectRef").path("resource").asText().equals("pods")
        && event.path("objectRef").path("namespace").asText().equals(namespace)
        && event.path("responseStatus").path("code").asInt() == 200
        && event.path("requestObject").toString().contains("schedulingGates");
  }

  private static Opening opening(JsonNode event) {
    var metadata = event.path("responseObject").path("metadata");
    JsonNode patch = event.path("requestObject");
    for (String tested : Set.of("/metadata/uid", "/metadata/resourceVersion")) {
      if (StreamSupport.stream(patch.spliterator(), false)
          .noneMatch(
              o ->
                  o.path("op").asText().equals("test") && o.path("path").asText().equals(tested))) {
        throw new AssertionError("a gate was opened without a test of " + tested + ": " + patch);
      }
    }
    return new Opening(metadata.path("uid").asText(), metadata.path("resourceVersion").asLong());
  }
}
