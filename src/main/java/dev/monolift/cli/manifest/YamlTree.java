package dev.monolift.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns YAML nodes into JSON the way Kubernetes' own tools do. That is YAML 1.1: {@code yes} is a
 * boolean and {@code 0644} is octal. Dates stay text, and {@code 80:80} is not a sexagesimal
 * number.
 */
final class YamlTree {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Scalars scalars = new Scalars();
  private final String file;
  private final Map<String, Integer> lines;
  private final List<Problem> problems = new ArrayList<>();

  /** What is being converted: the node itself and those that it stands in. */
  private final Set<Node> within = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * A converter for one document.
   *
   * @param file name of the file
   * @param lines gets the line of each field, by its path
   */
  YamlTree(String file, Map<String, Integer> lines) {
    this.file = file;
    this.lines = lines;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  JsonNode toJson(Node root) {
    return convert(root, "");
  }

  private JsonNode convert(Node node, String path) {
    if (!within.add(node)) {
      endless(node, path);
      return JSON.nullNode();
    }
    try {
      return switch (node) {
        case MappingNode mapping -> object(mapping, path);
        case SequenceNode sequence -> array(sequence, path);
        case ScalarNode scalar -> scalar(scalar);
        default -> JSON.nullNode();
      };
    } finally {
      within.remove(node);
    }
  }

  private void endless(Node node, String path) {
    int line = lines.getOrDefault(path, node.getStartMark().getLine() + 1);
    String message = "an alias to something that it stands in, which has no end; write the value";
    problems.add(new Problem(file, line, "", path, message));
  }

  private ObjectNode object(MappingNode mapping, String path) {
    // Before the merge, which silently keeps the last of two.
    findTwins(mapping, path);
    if (mergesItself(mapping)) {
      endless(mapping, path);
      return JSON.objectNode();
    }
    scalars.mergeInto(mapping);
    ObjectNode object = JSON.objectNode();
    for (NodeTuple entry : mapping.getValue()) {
      int line = entry.getKeyNode().getStartMark().getLine() + 1;
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problems.add(new Problem(file, line, "", path, "a key must be a word"));
        continue;
      }
      String child = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
      lines.put(child, line);
      object.set(key.getValue(), convert(entry.getValueNode(), child));
    }
    return object;
  }

  /** SnakeYAML follows merge keys without asking whether it has been there. */
  private static boolean mergesItself(MappingNode mapping) {
    Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    return comesBack(mapping, open);
  }

  private static boolean comesBack(Node node, Set<Node> open) {
    if (!open.add(node)) {
      return true;
    }
    boolean back =
        switch (node) {
          case MappingNode mapping ->
              mapping.getValue().stream()
                  .filter(entry -> entry.getKeyNode().getTag().equals(Tag.MERGE))
                  .anyMatch(entry -> comesBack(entry.getValueNode(), open));
          case SequenceNode sequence ->
              sequence.getValue().stream().anyMatch(item -> comesBack(item, open));
          default -> false;
        };
    open.remove(node);
    return back;
  }

  private void findTwins(MappingNode mapping, String path) {
    Set<String> keys = new HashSet<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
        int line = key.getStartMark().getLine() + 1;
        String twin = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
        problems.add(new Problem(file, line, "", twin, "this field is there a second time"));
      }
    }
  }

  private ArrayNode array(SequenceNode sequence, String path) {
    ArrayNode array = JSON.arrayNode();
    for (Node item : sequence.getValue()) {
      String child = path + "[" + array.size() + "]";
      lines.put(child, item.getStartMark().getLine() + 1);
      array.add(convert(item, child));
    }
    return array;
  }

  private JsonNode scalar(ScalarNode node) {
    Tag tag = node.getTag();
    boolean number = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL) || (number && node.getValue().indexOf(':') < 0)) {
      return switch (scalars.value(node)) {
        case Boolean value -> JSON.booleanNode(value);
        case Integer value -> JSON.numberNode(value);
        case Long value -> JSON.numberNode(value);
        case Double value -> JSON.numberNode(value);
        case java.math.BigInteger value -> JSON.numberNode(value);
        default -> JSON.textNode(node.getValue());
      };
    }
    return JSON.textNode(node.getValue());
  }

  /** SnakeYAML's reading of scalars and of merge keys, which it offers to subclasses only. */
  private static final class Scalars extends SafeConstructor {
    Scalars() {
      super(new LoaderOptions());
    }

    Object value(Node node) {
      return constructObject(node);
    }

    void mergeInto(MappingNode node) {
      flattenMapping(node);
    }
  }
}
