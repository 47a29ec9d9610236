package dev.monolift.testcluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the API server's audit log: the witness for what was written, by whom. */
public final class AuditLog {
  private static final Set<String> READS = Set.of("get", "list", "watch");

  private static final String POD = "authentication.kubernetes.io/pod-name";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  /**
   * A reader of a log in JSON lines.
   *
   * @param file the log
   */
  public AuditLog(Path file) {
    this.file = file;
  }

  /** The log's end now, to read from later. */
  public long position() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Requests that a user finished after a position.
   *
   * @param from position from {@link #position()}
   * @param user name of the user
   * @return the requests in the order of their end
   */
  public List<Request> requests(long from, String user) {
    return requests(from, event -> event.path("user").path("username").asText().equals(user));
  }

  /**
   * Writes to one namespace that anybody finished after a position.
   *
   * @param from position from {@link #position()}
   * @param namespace the namespace
   * @return the writes in the order of their end
   */
  public List<Request> changes(long from, String namespace) {
    return requests(
            from, event -> event.path("objectRef").path("namespace").asText().equals(namespace))
        .stream()
        .filter(request -> !READS.contains(request.verb()))
        .toList();
  }

  private List<Request> requests(long from, Predicate<JsonNode> wanted) {
    var requests = new ArrayList<Request>();
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      var bytes = new byte[(int) (log.length() - from)];
      log.seek(from);
      log.readFully(bytes);
      var text = new String(bytes, StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n');
      for (String line : (end < 0 ? "" : text.substring(0, end)).split("\n", -1)) {
        if (line.isBlank()) {
          continue;
        }
        JsonNode event = JSON.readTree(line);
        if (event.path("stage").asText().equals("ResponseComplete") && wanted.test(event)) {
          requests.add(request(event));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(requests);
  }

  /**
   * Writes that a user finished after a position, without the renewal of Leases.
   *
   * @param from position from {@link #position()}
   * @param user name of the user
   * @return the writes in the order of their end
   */
  public List<Request> writes(long from, String user) {
    return requests(from, user).stream()
        .filter(request -> !READS.contains(request.verb()) && !request.resource().equals("leases"))
        .toList();
  }

  private static Request request(JsonNode event) {
    JsonNode object = event.path("objectRef");
    String sub = object.path("subresource").asText("");
    return new Request(
        event.path("verb").asText(),
        object.path("resource").asText() + (sub.isEmpty() ? "" : "/" + sub),
        object.path("namespace").asText(""),
        object.path("name").asText(""),
        event.path("responseStatus").path("code").asInt(),
        Objects.requireNonNullElse(URI.create(event.path("requestURI").asText()).getQuery(), ""),
        event.path("user").path("extra").path(POD).path(0).asText(""));
  }

  /**
   * One request.
   *
   * @param verb verb of Kubernetes, for example patch
   * @param resource plural and subresource
   * @param namespace namespace; empty when there is none
   * @param name name; empty when there is none
   * @param code HTTP status code of the answer
   * @param query parameters of the request, decoded; empty when there are none
   * @param pod name of the pod whose ServiceAccount's token was used; empty when it was no pod
   */
  public record Request(
      String verb,
      String resource,
      String namespace,
      String name,
      int code,
      String query,
      String pod) {}
}
