package dev.monolift.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Images for tests, made of this system's packages: see {@code src/testcluster/images/}. */
final class TestImages {
  private TestImages() {}

  /** How a pod names an image. */
  static String reference(String name) {
    return "monolift.test/" + name + ":1";
  }

  /**
   * The image as {@code docker save} writes it, in a file that other images may be in too; builds
   * it when it is not cached.
   */
  static Path archive(String name) {
    Path folder = Path.of(Command.script("src/testcluster/images/build.sh", name));
    try {
      return folder.resolve(name + ".tar").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("the test image " + name + " is not there", e);
    }
  }
}
