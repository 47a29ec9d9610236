package dev.monolift.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.cli.manifest.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the kubeconfig. The client goes on to another cluster, without a word, when a
 * context or a file is not there; this asks before it.
 */
final class Kubeconfig {
  private final List<Path> files;
  private final List<JsonNode> contents = new ArrayList<>();

  private Kubeconfig(List<Path> files) {
    this.files = files;
  }

  /**
   * Looks for a mistake.
   *
   * @param names the files, as in KUBECONFIG
   * @param named whether the user named them; the standard file need not be there
   * @param context the context that the user named; null is the current one
   * @return a sentence; empty when the client would connect to the cluster that is meant
   */
  static Optional<String> mistake(
      Collection<String> names, boolean named, @Nullable String context) {
    List<Path> there =
        names.stream()
            .filter(name -> !name.isBlank())
            .map(Path::of)
            .filter(Kubeconfig::isThere)
            .toList();
    if (there.isEmpty()) {
      return none(names, named, context);
    }
    var kubeconfig = new Kubeconfig(there);
    try {
      return kubeconfig.unreadable().or(() -> kubeconfig.lost(context));
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** As kubectl does: of several files those that are not there, or empty, are left out. */
  private static boolean isThere(Path file) {
    return Files.isRegularFile(file) && file.toFile().length() > 0;
  }

  private static Optional<String> none(
      Collection<String> names, boolean named, @Nullable String context) {
    String list = names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    if (named) {
      return Optional.of(
          "KUBECONFIG names "
              + list
              + ", and there is no file with anything in it; name a kubeconfig, or unset"
              + " KUBECONFIG");
    }
    return context == null
        ? Optional.empty()
        : Optional.of(
            "there is no context `"
                + context
                + "`, because there is no kubeconfig "
                + list
                + "; set KUBECONFIG to the file");
  }

  private Optional<String> unreadable() throws IOException {
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        return Optional.of("the kubeconfig `" + file + "` may not be read; look at its mode");
      }
      var read = Manifests.read(List.of(file.toString()), InputStream.nullInputStream());
      if (!read.problems().isEmpty()) {
        return Optional.of("the kubeconfig cannot be read: " + read.problems().getFirst());
      }
      read.documents().forEach(document -> contents.add(document.content()));
    }
    return Optional.empty();
  }

  private Optional<String> lost(@Nullable String context) {
    Optional<String> current =
        contents.stream()
            .map(content -> content.path("current-context").asText(""))
            .filter(name -> !name.isEmpty())
            .findFirst();
    String wanted = context == null ? current.orElse(null) : context;
    Set<String> contexts = names("contexts", "context");
    String in = files.stream().map(file -> "`" + file + "`").collect(Collectors.joining(", "));
    if (wanted == null) {
      return contexts.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "there is no current context in %s; choose one with --context: %s"
                  .formatted(in, String.join(", ", contexts)));
    }
    if (!contexts.contains(wanted)) {
      String what = context == null ? "the current context `" : "the context `";
      return Optional.of(
          "%s%s` is not in %s; there %s"
              .formatted(
                  what,
                  wanted,
                  in,
                  contexts.isEmpty() ? "is none" : "is: " + String.join(", ", contexts)));
    }
    String cluster = clusterOf(wanted);
    return names("clusters", "cluster").contains(cluster)
        ? Optional.empty()
        : Optional.of(
            "the context `%s` is of the cluster `%s`, which is not in %s"
                .formatted(wanted, cluster, in));
  }

  /** Names of the entries of a list that have a content. */
  private Set<String> names(String list, String content) {
    Set<String> names = new TreeSet<>();
    for (JsonNode file : contents) {
      for (JsonNode entry : file.path(list)) {
        if (entry.path(content).isObject()) {
          names.add(entry.path("name").asText());
        }
      }
    }
    return names;
  }

  /** The first one of a name counts, as for kubectl. */
  private String clusterOf(String context) {
    for (JsonNode file : contents) {
      for (JsonNode entry : file.path("contexts")) {
        if (entry.path("name").asText().equals(context) && entry.path("context").isObject()) {
          return entry.path("context").path("cluster").asText();
        }
      }
    }
    return "";
  }
}
