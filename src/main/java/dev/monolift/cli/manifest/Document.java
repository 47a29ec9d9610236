package dev.monolift.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * One object of a file.
 *
 * @param file the file as it was named on the command line
 * @param line line where the object starts, from 1
 * @param content the object; owned by this document
 * @param lines line of each field, by its path
 */
public record Document(String file, int line, ObjectNode content, Map<String, Integer> lines) {
  /** Copies the lines. */
  public Document {
    lines = Map.copyOf(lines);
  }

  /**
   * The kind.
   *
   * @return kind, empty when there is none
   */
  public String kind() {
    return content.path("kind").asText("");
  }

  /**
   * Group and version.
   *
   * @return apiVersion, empty when there is none
   */
  public String apiVersion() {
    return content.path("apiVersion").asText("");
  }

  /**
   * What a person calls this object.
   *
   * @return kind and name
   */
  public String subject() {
    JsonNode name = content.path("metadata").path("name");
    return (kind() + " " + name.asText("")).strip();
  }

  /**
   * A problem of this document.
   *
   * @param path path of the field; the line is that of the nearest parent that is in the file
   * @param message what is wrong and what to do
   * @return the problem
   */
  public Problem problem(String path, String message) {
    return new Problem(file, lineOf(path), subject(), path, message);
  }

  private int lineOf(String path) {
    String prefix = path;
    while (!prefix.isEmpty()) {
      Integer found = lines.get(prefix);
      if (found != null) {
        return found;
      }
      int end = Math.max(prefix.lastIndexOf('.'), prefix.lastIndexOf('['));
      prefix = end < 0 ? "" : prefix.substring(0, end);
    }
    return line;
  }
}
