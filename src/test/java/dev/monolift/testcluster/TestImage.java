package dev.monolift.testcluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One image of an unpacked docker-archive.
 *
 * @param reference what it is called in pods
 * @param config the whole document: config, rootfs and so on
 * @param layers tar files, the lowest first
 */
record TestImage(String reference, JsonNode config, List<Path> layers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Builds an image, if need be, and unpacks its archive.
   *
   * @param name without registry and tag
   * @param folder where to; must not exist
   */
  static TestImage build(String name, Path folder) throws IOException {
    String script = Command.inRepository("src/testcluster/images/build.sh").toString();
    String built = Command.output("sh", script, name);
    String archives = built.substring(built.lastIndexOf('\n') + 1);
    return unpack(Path.of(archives, name + ".tar"), name, folder);
  }

  /**
   * Unpacks an archive.
   *
   * @param archive of one image or more
   * @param name of the one that is wanted
   * @param folder where to; must not exist
   */
  static TestImage unpack(Path archive, String name, Path folder) throws IOException {
    Files.createDirectory(folder);
    Command.output("tar", "-x", "-f", archive.toString(), "-C", folder.toString());
    String reference = "monolift.test/" + name + ":1";
    for (JsonNode image : JSON.readTree(folder.resolve("manifest.json").toFile())) {
      if (image.get("RepoTags").get(0).asText().equals(reference)) {
        var layers = new ArrayList<Path>();
        image.get("Layers").forEach(file -> layers.add(folder.resolve(file.asText())));
        JsonNode config = JSON.readTree(folder.resolve(image.get("Config").asText()).toFile());
        return new TestImage(reference, config, List.copyOf(layers));
      }
    }
    throw new IllegalStateException("no image " + reference + " in " + archive);
  }

  /** Its root file system, made in this folder, which must not exist. */
  ImageRoot root(Path folder) throws IOException {
    Files.createDirectory(folder);
    for (Path layer : layers) {
      Command.output(
          "tar",
          "-x",
          "-p",
          "--keep-directory-symlink",
          "-f",
          layer.toString(),
          "-C",
          folder.toString());
    }
    return new ImageRoot(folder);
  }
}
