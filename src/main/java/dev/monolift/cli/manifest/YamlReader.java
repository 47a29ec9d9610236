package dev.monolift.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the YAML (or JSON) documents of one file and remembers the line of every field. Lists of
 * objects, as {@code kubectl get -o yaml} prints them, become one document per item.
 */
final class YamlReader {
  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Document> documents = new ArrayList<>();

  private YamlReader(String file) {
    this.file = file;
  }

  /** What a file holds and what is wrong in it. */
  record Result(List<Document> documents, List<Problem> problems) {}

  static Result read(String file, String text) {
    var reader = new YamlReader(file);
    reader.readAll(text);
    return new Result(List.copyOf(reader.documents), List.copyOf(reader.problems));
  }

  private void readAll(String text) {
    try {
      for (Node root : new Yaml(new LoaderOptions()).composeAll(new StringReader(text))) {
        readDocument(root);
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      String hint =
          String.valueOf(e.getProblem()).contains("<block") ? "; look at the indentation" : "";
      problem(line, "not valid YAML: " + e.getProblem() + hint);
    } catch (YAMLException e) {
      problem(1, "not valid YAML: " + e.getMessage());
    }
  }

  private void readDocument(Node root) {
    int line = root.getStartMark().getLine() + 1;
    Map<String, Integer> lines = new HashMap<>();
    var tree = new YamlTree(file, lines);
    JsonNode content = tree.toJson(root);
    problems.addAll(tree.problems());
    if (content instanceof ObjectNode object) {
      addObject(new Document(file, line, object, lines));
    } else if (!content.isNull()) {
      problem(line, "a Kubernetes object is wanted here: fields apiVersion, kind, metadata, …");
    }
  }

  private void addObject(Document document) {
    if (!document.kind().endsWith("List") || !document.content().path("items").isArray()) {
      documents.add(document);
      return;
    }
    int index = 0;
    for (JsonNode item : document.content().path("items")) {
      String prefix = "items[" + index++ + "]";
      itemOf(document, item, prefix).ifPresent(this::addObject);
    }
  }

  private Optional<Document> itemOf(Document list, JsonNode item, String prefix) {
    int line = list.lines().getOrDefault(prefix, list.line());
    if (!(item instanceof ObjectNode object)) {
      problem(line, prefix + " of the list is not an object");
      return Optional.empty();
    }
    Map<String, Integer> lines = new HashMap<>();
    list.lines()
        .forEach(
            (path, number) -> {
              if (path.startsWith(prefix + ".")) {
                lines.put(path.substring(prefix.length() + 1), number);
              }
            });
    return Optional.of(new Document(file, line, object, lines));
  }

  private void problem(int line, String message) {
    problems.add(new Problem(file, line, "", "", message));
  }
}
