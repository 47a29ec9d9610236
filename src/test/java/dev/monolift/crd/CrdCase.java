package dev.monolift.crd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file that a user applies. Several documents are applied one after the other; in an invalid file
 * the last one is refused, and the comment above all of them is what the user is told.
 *
 * @param file the file; its name is a sentence about the case
 */
record CrdCase(Path file) {
  private static final Path FOLDER = Path.of("src/test/resources/crds");

  /** All cases of a folder; a file that is none is an error. */
  static List<CrdCase> in(String folder) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files
          .sorted()
          .peek(
              file -> {
                if (!file.toString().endsWith(".yaml")) {
                  throw new IllegalStateException(file + " is no case: it does not end in .yaml");
                }
              })
          .map(CrdCase::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The documents without the comment. */
  List<String> documents() {
    return List.of(body().split("(?m)^---\n"));
  }

  /** The text of the comment. */
  String expected() {
    return text()
        .lines()
        .takeWhile(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^# ?", "") + "\n")
        .collect(Collectors.joining());
  }

  /** The file as it would be with this comment. */
  String withExpected(String message) {
    return message.lines().map(line -> ("# " + line).strip() + "\n").collect(Collectors.joining())
        + body();
  }

  private String body() {
    return text().replaceFirst("(?m)\\A(#.*\n)*", "");
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return file.getFileName().toString().replace(".yaml", "").replace('-', ' ');
  }
}
