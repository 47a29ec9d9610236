package dev.monolift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A checked-in file that is generated from the code. It is compared by a test; with the system
 * property {@code golden.update} the test writes it instead.
 */
public final class GoldenFile {
  private GoldenFile() {}

  /**
   * Fails when the file is not what the code generates, or writes it when {@code golden.update} is
   * set.
   *
   * @param file the checked-in file, relative to the project's folder
   * @param generated what it should hold
   * @param command the command that writes it, for the message
   */
  public static void check(Path file, String generated, String command) {
    try {
      if (System.getProperty("golden.update") != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, generated);
        return;
      }
      String checkedIn = Files.exists(file) ? Files.readString(file) : "";
      if (!checkedIn.equals(generated)) {
        throw new AssertionError(
            file
                + " is not what the code generates.\n"
                + firstDifference(checkedIn, generated)
                + "\nLook at the change, then write the file: "
                + command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstDifference(String checkedIn, String generated) {
    List<String> old = checkedIn.lines().toList();
    List<String> wanted = generated.lines().toList();
    int line = 0;
    while (line < old.size() && line < wanted.size() && old.get(line).equals(wanted.get(line))) {
      line++;
    }
    return "First difference, line %d:\n  checked in: %s\n  generated:  %s"
        .formatted(line + 1, lineOrEnd(old, line), lineOrEnd(wanted, line));
  }

  private static String lineOrEnd(List<String> lines, int line) {
    return line < lines.size() ? lines.get(line) : "(end of file)";
  }
}
