package dev.monolift.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The image that {@code mvn package} wrote.
 *
 * @param folder the archive, unpacked
 * @param manifest its entry in the archive's manifest
 * @param config its configuration
 */
public record OperatorImage(Path folder, JsonNode manifest, JsonNode config) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The archive, as {@code docker load} and {@code ctr images import} take it.
   *
   * @return a file that is there
   * @throws IllegalStateException when it is not built yet
   */
  public static Path archive() {
    Path archive = Path.of(System.getProperty("basedir", "")).resolve("target/monolift-image.tar");
    if (!Files.isRegularFile(archive)) {
      throw new IllegalStateException(
          archive + " is not there: build it with `mvn -DskipTests package`, then run this again");
    }
    return archive;
  }

  /**
   * Unpacks the archive, not yet its layers.
   *
   * @param folder an empty folder
   * @return the image
   * @throws IOException when it cannot be read
   */
  static OperatorImage read(Path folder) throws IOException {
    tar("-xf", archive().toString(), "-C", folder.toString());
    JsonNode manifest = JSON.readTree(folder.resolve("manifest.json").toFile()).get(0);
    JsonNode config = JSON.readTree(folder.resolve(manifest.get("Config").asText()).toFile());
    return new OperatorImage(folder, manifest, config);
  }

  /** Names that it has in the archive. */
  List<String> references() {
    return texts(manifest.get("RepoTags"));
  }

  /** A list of texts in the part of the configuration that a container runtime uses. */
  List<String> run(String key) {
    return texts(config.get("config").path(key));
  }

  /** One line of {@code tar -tv} for each file of the layers: mode, owner, size, time, name. */
  List<String> files() throws IOException {
    var files = new ArrayList<String>();
    for (Path layer : layers()) {
      String list = tar("-tvzf", layer.toString(), "--numeric-owner", "--full-time", "--utc");
      list.lines().map(line -> line.replaceFirst(" (?=[^ ]*$)", " /")).forEach(files::add);
    }
    return files;
  }

  /**
   * Unpacks the layers on top of each other.
   *
   * @param root an empty folder
   */
  void unpack(Path root) throws IOException {
    for (Path layer : layers()) {
      tar("-xzf", layer.toString(), "-C", root.toString(), "--same-permissions");
    }
  }

  private List<Path> layers() {
    return texts(manifest.get("Layers")).stream().map(folder::resolve).toList();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String tar(String... arguments) throws IOException {
    // Jib writes a header that GNU tar does not know
    var command = new ArrayList<>(List.of("tar", "--warning=no-unknown-keyword"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output;
  }
}
