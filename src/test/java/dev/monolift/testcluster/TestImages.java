package dev.monolift.testcluster;

import java.nio.file.Path;

/** Images for tests, made of this system's packages: see {@code src/testcluster/images/}. */
final class TestImages {
  private TestImages() {}

  /** How a pod names an image. */
  static String reference(String name) {
    return "monolift.test/" + name + ":1";
  }

  /** The image as {@code docker save} writes it; builds it when it is not cached. */
  static Path archive(String name) {
    Path folder = Path.of(Command.script("src/testcluster/images/build.sh", name));
    return folder.resolve(name + ".tar");
  }
}
