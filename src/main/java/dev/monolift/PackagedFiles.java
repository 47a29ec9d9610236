package dev.monolift;

import dev.monolift.drain.DrainProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that come with the program and run inside the user's containers. */
public final class PackagedFiles {
  private PackagedFiles() {}

  /**
   * The drain program.
   *
   * @return it
   */
  public static DrainProgram drainProgram() {
    return new DrainProgram(text("container/" + DrainProgram.FILE));
  }

  private static String text(String name) {
    try (var stream = PackagedFiles.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("The program was built without its file " + name + ".");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
