package dev.monolift.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sees every change of the pods and workers of a namespace: one watch each, from a version on and
 * without a gap, or it says so.
 */
final class Witness implements AutoCloseable {
  private final Api api;
  private final List<Watch> watches;

  /** A witness that watches from now on. */
  Witness(Api api, String namespace) {
    this.api = api;
    this.watches =
        List.of(
            new Watch("/api/v1/namespaces/" + namespace + "/pods", Fact::pod),
            new Watch(
                "/apis/monolift.dev/v1alpha1/namespaces/" + namespace + "/monolithworkers",
                Fact::worker));
    watches.forEach(Watch::start);
  }

  /** Everything seen so far, in etcd's order. Of the latest, one watch may know more. */
  List<Fact> facts() {
    return watches.stream()
        .flatMap(watch -> watch.facts().stream())
        .sorted(Comparator.comparingLong(Fact::version))
        .toList();
  }

  /** Whether everything has been seen that the API server has now. */
  boolean isComplete() {
    return watches.stream().allMatch(Watch::isComplete);
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }

  /** One watch. */
  private final class Watch {
    private final String path;
    private final Function<JsonNode, Fact> reading;
    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, String> versions = new HashMap<>();
    private String last = "";
    private @Nullable InputStream stream;
    private @Nullable Throwable failure;
    private boolean closed;

    Watch(String path, Function<JsonNode, Fact> reading) {
      this.path = path;
      this.reading = reading;
    }

    void start() {
      JsonNode list = api.get(path);
      if (!list.path("items").isEmpty()) {
        throw new IllegalStateException(path + " is not empty");
      }
      last = list.path("metadata").path("resourceVersion").asText();
      Thread.ofVirtual().name("witness").start(this::follow);
    }

    private void follow() {
      try {
        while (open()) {
          var current = stream;
          if (current != null) {
            read(current);
          }
        }
      } catch (IOException | RuntimeException e) {
        fail(e);
      }
    }

    /** The API server ends a watch after half an hour or more; the next goes on from its end. */
    private boolean open() throws IOException {
      if (isClosed()) {
        return false;
      }
      var opened = api.watch(path + "?watch=true&resourceVersion=" + last);
      synchronized (this) {
        stream = opened;
      }
      return !isClosed();
    }

    private void read(InputStream from) throws IOException {
      try (var lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          take(Api.parse(line));
        }
      }
    }

    private synchronized void take(JsonNode event) {
      String type = event.path("type").asText();
      if (type.equals("ERROR")) {
        throw new IllegalStateException("a gap in the watch of " + path + ": " + event);
      }
      var metadata = event.path("object").path("metadata");
      last = metadata.path("resourceVersion").asText();
      facts.add(reading.apply(event));
      String uid = metadata.path("uid").asText();
      if (type.equals("DELETED")) {
        versions.remove(uid);
      } else {
        versions.put(uid, last);
      }
    }

    private synchronized void fail(Throwable e) {
      if (!closed) {
        failure = e;
      }
    }

    private synchronized boolean isClosed() {
      return closed;
    }

    synchronized List<Fact> facts() {
      if (failure != null) {
        throw new IllegalStateException("the witness has seen no more of " + path, failure);
      }
      return List.copyOf(facts);
    }

    boolean isComplete() {
      var there = new HashMap<String, String>();
      for (JsonNode item : api.get(path).path("items")) {
        var metadata = item.path("metadata");
        there.put(metadata.path("uid").asText(), metadata.path("resourceVersion").asText());
      }
      synchronized (this) {
        return there.equals(versions);
      }
    }

    void close() {
      InputStream open;
      synchronized (this) {
        closed = true;
        open = stream;
      }
      try {
        if (open != null) {
          open.close();
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
